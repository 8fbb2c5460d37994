using System.Globalization;
using System.Text.RegularExpressions;
using Xunit;
using Ziggie.Actors.Domain;
using Ziggie.Api.Tests.Support;

namespace Ziggie.Api.Tests;

/// <summary>Meters belong to the process: daemons of other tests in it would be measured as well.</summary>
[CollectionDefinition(nameof(MetricsTests), DisableParallelization = true)]
public sealed class MetricsCollection;

[Collection(nameof(MetricsTests))]
public sealed partial class MetricsTests
{
    [Fact]
    public async Task Metrics_tell_of_each_service_how_it_is()
    {
        await using var daemon = await FakeDaemon.StartAsync();
        daemon.Services.Add("api");
        daemon.Services.Add("db");
        await daemon.Services.StartAsync("api", "test");
        daemon.Services.Change("api", s => s with { Restarts = 3, Generation = 4, LastExit = new LastExit(7, null, DateTimeOffset.UtcNow), Health = Health.Healthy });

        var metrics = await ScrapeAsync(daemon);

        Assert.Equal(1, metrics["ziggie_service_up{service=\"api\"}"]);
        Assert.Equal(0, metrics["ziggie_service_up{service=\"db\"}"]);
        Assert.Equal(1, metrics["ziggie_service_ready{service=\"api\"}"]);
        Assert.Equal(1, metrics["ziggie_service_phase{phase=\"running\",service=\"api\"}"]);
        Assert.Equal(1, metrics["ziggie_service_health{health=\"healthy\",service=\"api\"}"]);
        Assert.Equal(3, metrics["ziggie_service_restarts_total{service=\"api\"}"]);
        Assert.Equal(4, metrics["ziggie_service_starts_total{service=\"api\"}"]);
        Assert.Equal(7, metrics["ziggie_service_last_exit_code{service=\"api\"}"]);
        Assert.True(metrics["ziggie_service_uptime_seconds{service=\"api\"}"] >= 0);
        Assert.DoesNotContain("ziggie_service_last_exit_code{service=\"db\"}", metrics.Keys);
        Assert.Equal((1, 1, 0), (metrics["ziggie_services{status=\"running\"}"], metrics["ziggie_services{status=\"stopped\"}"], metrics["ziggie_services{status=\"failed\"}"]));
        Assert.Contains(metrics.Keys, k => k.StartsWith("ziggie_build_info{version=", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Metrics_need_a_token_where_the_list_does_and_can_be_turned_off()
    {
        await using (var daemon = await FakeDaemon.StartAsync("--Auth:Anonymous=none"))
        {
            (await daemon.Anonymous().GetAsync("/metrics")).Problem(401, "unauthenticated");
            Assert.Equal(200, (await (await daemon.UserAsync("readonly")).GetAsync("/metrics")).Status);
        }
        await using var without = await FakeDaemon.StartAsync("--Metrics:Enabled=false");
        (await (await without.AdminAsync()).GetAsync("/metrics")).Problem(404, "not_found");
    }

    private static async Task<Dictionary<string, double>> ScrapeAsync(FakeDaemon daemon)
    {
        var answer = await daemon.Anonymous().GetAsync("/metrics");
        Assert.Equal(200, answer.Status);
        Assert.StartsWith("text/plain", answer.Type);
        var metrics = new Dictionary<string, double>();
        foreach (var line in answer.Text.Split('\n').Where(l => l.Length > 0 && l[0] != '#'))
        {
            var match = Sample().Match(line);
            Assert.True(match.Success, $"'{line}' is no sample.");
            var labels = match.Groups["label"].Captures.Select(c => c.Value).Order(StringComparer.Ordinal).ToList();
            var key = match.Groups["name"].Value + (labels.Count > 0 ? $"{{{string.Join(',', labels)}}}" : "");
            metrics.Add(key, double.Parse(match.Groups["value"].Value.Replace("+Inf", "Infinity"), CultureInfo.InvariantCulture));
        }
        return metrics;
    }

    /// <summary>https://prometheus.io/docs/instrumenting/exposition_formats/</summary>
    [GeneratedRegex("""^(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)(\{((?<label>[a-zA-Z_][a-zA-Z0-9_]*="([^"\\]|\\.)*"),?)*\})? (?<value>\S+)( \d+)?$""")]
    private static partial Regex Sample();
}
