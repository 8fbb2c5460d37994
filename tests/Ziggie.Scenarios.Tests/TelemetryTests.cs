using System.Text;
using Xunit;
using Ziggie.Api.Tests.Support;
using Ziggie.Scenarios.Tests.Support;

namespace Ziggie.Scenarios.Tests;

/// <summary>Metrics and traces of a real daemon with real processes.</summary>
public sealed class TelemetryTests : Scenario
{
    [Fact]
    public async Task A_collector_gets_the_trace_from_the_request_to_the_process_and_prometheus_the_metrics()
    {
        using var collector = new Receiver();
        var environment = new Dictionary<string, string>
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Address.ToString(),
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
            ["OTEL_BSP_SCHEDULE_DELAY"] = "200",
            ["OTEL_METRIC_EXPORT_INTERVAL"] = "500",
            ["OTEL_SERVICE_NAME"] = "ziggie-of-the-test",
        };
        var daemon = await Home.StartAsync([.. environment.Select(e => $"{e.Key}={e.Value}").Prepend("env")], []);
        var service = await daemon.DefineAsync(new { name = "traced", command = "sleep 300", ready = new { grace = "50ms" } });
        await service.StartAsync();
        await service.StopAsync();

        foreach (var span in (string[])["POST /api/services/{name}/start", "command start", "service.persist", "service.launch", "service.ready", "command stop", "service.stop"])
            await Wait.UntilAsync(() => Task.FromResult(Sent(collector, "/v1/traces").Contains(span)), $"the span '{span}' arrives");
        await Wait.UntilAsync(() => Sent(collector, "/v1/metrics").Contains("ziggie.service.up"), "metrics arrive");
        Assert.Contains("ziggie-of-the-test", Sent(collector, "/v1/traces"));
        Assert.All(collector.Requests, r => Assert.Equal("application/x-protobuf", r.Headers["Content-Type"]));

        var metrics = (await daemon.Owner.GetAsync("/metrics")).Text;
        Assert.Contains("ziggie_service_up{service=\"control-center-backend\"} 1", metrics);
        Assert.Contains("ziggie_service_starts_total{service=\"traced\"} 1", metrics);
        Assert.Contains("ziggie_command_duration_seconds_count{command=\"start\",outcome=\"done\"} 1", metrics);
        Assert.Contains("ziggie_launches_total{outcome=\"started\"}", metrics);
        Assert.Contains("ziggie_exits_total{outcome=\"signal\"} 1", metrics);
        Assert.Contains("ziggie_ready_duration_seconds_bucket{le=", metrics);
        Assert.Contains("ziggie_store_write_duration_seconds_count", metrics);

        await service.DeleteAsync();
        await Wait.UntilAsync(
            async () => !(await daemon.Owner.GetAsync("/metrics")).Text.Contains("\"traced\""), "the removed service is gone from the metrics");
    }

    private static string Sent(Receiver collector, string path) =>
        string.Join('\n', collector.Requests.Where(r => r.Path == path).Select(r => Encoding.UTF8.GetString(r.Body)));
}
