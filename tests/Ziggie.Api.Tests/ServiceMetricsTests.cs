using System.Text.Json;
using Xunit;
using Ziggie.Actors.Domain;
using Ziggie.Actors.Domain.Definitions;
using Ziggie.Actors.Resources;
using Ziggie.Api.Tests.Support;
using Ziggie.Processes;
using Ziggie.Processes.Resources;

namespace Ziggie.Api.Tests;

public sealed class ServiceMetricsTests : IAsyncLifetime
{
    private static readonly RunUsage Usage = new(12.5, 734_003_200, 2, 19);

    private readonly FakeDaemon _daemon = new();
    private ApiClient _admin = null!;

    public async Task InitializeAsync()
    {
        _daemon.Launcher = LauncherCapabilities.Full with { WhyNoCgroup = null, LimitsProcessor = true };
        await _daemon.RunAsync([$"--ZIGGIE_ADMIN_PASSWORD={Daemon.AdminPassword}", "--RateLimits:Enabled=false"]);
        _daemon.Services.Add("idle");
        _daemon.Services.Add(new ServiceDefinition { Name = "api", Command = ["x"], Limits = new LimitsPolicy { MaxMemory = 1_000_000_000 } });
        _daemon.Services.Change("api", view => view with { Status = ServiceStatus.Running, Pid = 70_001, Generation = 3 });
        _daemon.Resources.Measure(new HostUsage { CpuPercent = 7.5, MemoryTotalBytes = 8000, MemoryAvailableBytes = 6000 }, ("api", 3, Usage));
        _admin = await _daemon.AdminAsync();
    }

    public async Task DisposeAsync() => await _daemon.DisposeAsync();

    [Fact]
    public async Task Wherever_a_service_is_shown_its_figures_are()
    {
        await using var watcher = await WatchClient.ConnectAsync(_daemon, $"token={_admin.Token}");
        var message = (await watcher.NextAsync())!.Value;
        JsonElement[] shown =
        [
            (await _admin.GetAsync("/api/services")).Ok().GetProperty("services")[0], (await _admin.GetAsync("/api/services/api")).Ok(),
            (await _admin.GetAsync("/api/services/api/status")).Ok(), message.GetProperty("services")[0],
        ];
        Assert.All(shown, service =>
        {
            Assert.Equal(12.5, service.GetProperty("cpu_percent").GetDouble());
            Assert.Equal(734_003_200, service.GetProperty("memory_bytes").GetInt64());
            Assert.Equal("""{"max_memory":"cgroup"}""", service.GetProperty("limits_by").GetRawText());
        });
        var idle = (await _admin.GetAsync("/api/services/idle")).Ok();
        Assert.Equal(JsonValueKind.Null, idle.GetProperty("cpu_percent").ValueKind);
        Assert.False(idle.TryGetProperty("limits_by", out _));
    }

    [Fact]
    public async Task A_run_that_is_younger_than_the_sample_and_one_that_ended_have_no_figures()
    {
        _daemon.Services.Change("api", view => view with { Generation = 4 });
        Assert.Equal(JsonValueKind.Null, (await _admin.GetAsync("/api/services/api/status")).Ok().GetProperty("memory_bytes").ValueKind);
        _daemon.Services.Change("api", view => view with { Generation = 3, Pid = null });
        Assert.Equal(JsonValueKind.Null, (await _admin.GetAsync("/api/services/api/status")).Ok().GetProperty("memory_bytes").ValueKind);
        Assert.Equal(JsonValueKind.Null, (await _admin.GetAsync("/api/services/api/metrics")).Ok().GetProperty("current").ValueKind);
    }

    [Fact]
    public async Task The_recent_past_is_told_from_when_it_is_asked_for()
    {
        var now = DateTimeOffset.UtcNow;
        _daemon.Resources.Points["api"] = [.. Enumerable.Range(0, 60).Select(minute => new UsagePoint(now - TimeSpan.FromMinutes(59.5 - minute), minute, minute * 1000))];

        var metrics = (await _admin.GetAsync("/api/services/API/metrics")).Ok();

        Assert.Equal(["success", "name", "sampled_at", "interval_seconds", "current", "points"], metrics.EnumerateObject().Select(p => p.Name));
        Assert.Equal("""{"cpu_percent":12.5,"memory_bytes":734003200,"processes":2,"threads":19}""", metrics.GetProperty("current").GetRawText());
        Assert.Equal(10, metrics.GetProperty("points").GetArrayLength());
        Assert.Equal(["time", "cpu_percent", "memory_bytes"], metrics.GetProperty("points")[0].EnumerateObject().Select(p => p.Name));
        Assert.Equal(30, (await _admin.GetAsync("/api/services/api/metrics?since=30m")).Ok().GetProperty("points").GetArrayLength());
        Assert.Equal(5, (await _admin.GetAsync("/api/services/api/metrics?since=1h&points=5")).Ok().GetProperty("points").GetArrayLength());
        Assert.Empty((await _admin.GetAsync("/api/services/idle/metrics")).Ok().GetProperty("points").EnumerateArray());
        (await _admin.GetAsync("/api/services/nobody/metrics")).Problem(404, "unknown_service");
        (await _admin.GetAsync("/api/services/api/metrics?since=soon&points=0")).Problem(422, "invalid_parameter");
    }

    [Fact]
    public async Task A_watcher_of_changes_gets_figures_only_when_it_asks_for_them()
    {
        await using var asking = await WatchClient.ConnectAsync(_daemon, $"token={_admin.Token}&mode=delta&metrics=true");
        await using var silent = await WatchClient.ConnectAsync(_daemon, $"token={_admin.Token}&mode=delta");
        Assert.Equal("service_status", (await asking.NextAsync())!.Value.GetProperty("type").GetString());
        Assert.Equal("service_status", (await silent.NextAsync())!.Value.GetProperty("type").GetString());

        _daemon.Resources.Measure(new HostUsage { CpuPercent = 8, MemoryTotalBytes = 8000, MemoryAvailableBytes = 6000 }, ("api", 3, Usage));

        var figures = (await asking.NextAsync())!.Value;
        Assert.Equal(["type", "timestamp", "services", "host"], figures.EnumerateObject().Select(p => p.Name));
        Assert.Equal("metrics", figures.GetProperty("type").GetString());
        Assert.Equal("""[{"id":2,"name":"api","cpu_percent":12.5,"memory_bytes":734003200}]""", figures.GetProperty("services").GetRawText());
        Assert.Equal("""{"cpu_percent":8,"memory_used_bytes":2000,"memory_total_bytes":8000}""", figures.GetProperty("host").GetRawText());
        // A change comes to both; nothing else came to the silent one before it.
        _daemon.Services.Change("idle", view => view with { Restarts = 1 });
        Assert.Equal("service_changed", (await silent.NextAsync())!.Value.GetProperty("type").GetString());
    }
}
