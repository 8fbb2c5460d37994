using Xunit;
using Ziggie.Api.Tests.Support;

namespace Ziggie.Api.Tests;

public sealed class ServiceLogTests : IAsyncLifetime
{
    private FakeDaemon _daemon = null!;
    private ApiClient _admin = null!;

    public async Task InitializeAsync()
    {
        _daemon = await FakeDaemon.StartAsync();
        _admin = await _daemon.AdminAsync();
        _daemon.Services.Add("web");
        _daemon.Output.Logs["web"] = ["one", "two", "Three \"quoted\""];
    }

    public async Task DisposeAsync() => await _daemon.DisposeAsync();

    [Theory]
    [InlineData("", """{"success":true,"logs":["one","two","Three \"quoted\""],"total_lines":3}""")]
    [InlineData("lines=1", """{"success":true,"logs":["Three \"quoted\""],"total_lines":3}""")]
    [InlineData("grep=THREE", """{"success":true,"logs":["Three \"quoted\""],"total_lines":3}""")]
    [InlineData("grep=^t.o$&regex=true", """{"success":true,"logs":["two"],"total_lines":3}""")]
    [InlineData("since=2026-01-31T12:00:01Z&until=2026-01-31T12:00:01Z", """{"success":true,"logs":["two"],"total_lines":3}""")]
    [InlineData("since=2026-01-31T13:00:02%2B01:00", """{"success":true,"logs":["Three \"quoted\""],"total_lines":3}""")]
    [InlineData("since=2026-01-31T13:00:02+01:00", """{"success":true,"logs":["Three \"quoted\""],"total_lines":3}""")]
    [InlineData("lines=1&format=entries", """{"success":true,"logs":[{"position":20,"time":"2026-01-31T12:00:02Z","text":"Three \"quoted\""}],"total_lines":3}""")]
    public async Task Lines_come_as_they_were_asked_for(string query, string expected) =>
        Assert.Equal(expected, (await _admin.GetAsync($"/api/services/WEB/logs?{query}")).Text);

    [Fact]
    public async Task A_service_that_never_ran_has_no_logs_yet()
    {
        _daemon.Services.Add("new");
        Assert.Equal("""{"success":true,"logs":[],"total_lines":0,"message":"No logs available yet"}""",
            (await _admin.GetAsync("/api/services/new/logs")).Text);
        Assert.Equal("""{"success":true,"logs":[],"total_lines":0,"message":"No logs available yet"}""",
            (await _admin.GetAsync("/api/services/new/logs?format=entries")).Text);
    }

    [Fact]
    public async Task A_stream_that_is_merged_into_the_other_is_said_to_be()
    {
        Assert.Contains("goes into standard output", (await _admin.GetAsync("/api/services/web/logs?stream=stderr")).Ok().GetProperty("message").GetString());
        _daemon.Services.Add("new");
        Assert.Equal("No logs available yet", (await _admin.GetAsync("/api/services/new/logs?stream=stderr")).Ok().GetProperty("message").GetString());
    }

    [Fact]
    public async Task A_duration_counts_back_from_now()
    {
        var before = DateTimeOffset.UtcNow;
        (await _admin.GetAsync("/api/services/web/logs?since=1h30m&until=10m&lines=10000")).Ok();

        var query = _daemon.Output.LastQuery!;
        Assert.InRange(query.Since!.Value, before.AddMinutes(-90), DateTimeOffset.UtcNow.AddMinutes(-90));
        Assert.InRange(query.Until!.Value, before.AddMinutes(-10), DateTimeOffset.UtcNow.AddMinutes(-10));
        Assert.Equal(10_000, query.Lines);
    }

    [Theory]
    [InlineData("lines=0", "lines")]
    [InlineData("lines=10001", "lines")]
    [InlineData("since=yesterday", "since")]
    [InlineData("until=10x", "until")]
    [InlineData("since=1m&until=1h", "until")]
    [InlineData("format=xml", "format")]
    [InlineData("grep=%28&regex=true", "grep")]
    [InlineData("regex=perhaps&lines=x", "lines regex")]
    public async Task A_parameter_that_does_not_fit_is_named(string query, string fields) =>
        (await _admin.GetAsync($"/api/services/web/logs?{query}")).Invalid(fields.Split(' '));
}
