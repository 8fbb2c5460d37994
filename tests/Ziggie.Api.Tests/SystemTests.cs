using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Xunit;
using Ziggie.Actors.Domain;
using Ziggie.Actors.Resources;
using Ziggie.Api.Tests.Support;
using Ziggie.Processes;
using Ziggie.Processes.Resources;

namespace Ziggie.Api.Tests;

public sealed class SystemTests : IAsyncLifetime
{
    private const string Secret = "s3cr3t-of-the-test";

    private static readonly HostUsage Host = new()
    {
        CpuPercent = 7.5,
        CorePercents = [10, 5],
        MemoryTotalBytes = 8_000,
        MemoryAvailableBytes = 6_000,
        SwapTotalBytes = 100,
        SwapFreeBytes = 40,
        Load = [0.3, 0.2, 0.1],
        Processes = 120,
    };

    private FakeDaemon _daemon = null!;
    private ApiClient _reader = null!;

    public async Task InitializeAsync()
    {
        _daemon = await FakeDaemon.StartAsync();
        _reader = await _daemon.UserAsync("readonly");
    }

    public async Task DisposeAsync() => await _daemon.DisposeAsync();

    [Theory]
    [InlineData("/api/system/stats")]
    [InlineData("/api/system/info")]
    [InlineData("/api/system/processes")]
    [InlineData("/api/system/ports")]
    [InlineData("/api/services/api/metrics")]
    public async Task Who_reads_must_be_signed_in(string path) => (await _daemon.Anonymous().GetAsync(path)).Problem(401, "unauthenticated");

    [Fact]
    public async Task The_machine_the_services_and_the_daemon_are_added_up()
    {
        Run("api", pid: 70_001);
        Run("web", pid: 70_002);
        Run("daemon", Environment.ProcessId);
        _daemon.Services.Add("idle");
        _daemon.Resources.Measure(Host, ("api", 1, new RunUsage(10, 1000, 1, 1)), ("web", 1, new RunUsage(2.5, 500, 2, 3)), ("daemon", 1, new RunUsage(0.4, 77, 1, 9)));
        _daemon.Resources.Points[IResourceFeed.Host] = [new UsagePoint(DateTimeOffset.UtcNow, 7.5, 2000)];

        var stats = (await _reader.GetAsync("/api/system/stats")).Ok();

        Assert.Equal(["success", "sampled_at", "interval_seconds", "host", "services", "daemon", "history"], Names(stats));
        var host = stats.GetProperty("host");
        Assert.Equal(
            ["cpu_percent", "cpu_per_core", "cores", "memory", "swap", "load", "processes", "uptime_seconds", "boot_time", "disks"], Names(host));
        Assert.Equal("""{"total_bytes":8000,"used_bytes":2000,"available_bytes":6000,"used_percent":25}""", host.GetProperty("memory").GetRawText());
        Assert.Equal("""{"total_bytes":100,"used_bytes":60}""", host.GetProperty("swap").GetRawText());
        Assert.Equal("[10,5]", host.GetProperty("cpu_per_core").GetRawText());
        Assert.True(host.GetProperty("uptime_seconds").GetDouble() > 0);
        var disks = host.GetProperty("disks").EnumerateArray().ToList();
        Assert.Equal(["home", "logs"], disks.SelectMany(disk => disk.GetProperty("holds").EnumerateArray()).Select(what => what.GetString()).Order());
        Assert.All(disks, disk => Assert.InRange(disk.GetProperty("free_bytes").GetInt64(), 0, disk.GetProperty("total_bytes").GetInt64()));
        Assert.Equal("""{"total":4,"running":3,"failed":0,"stopped":1,"cpu_percent":12.5,"memory_bytes":1500}""", stats.GetProperty("services").GetRawText());
        Assert.Equal($$"""{"pid":{{Environment.ProcessId}},"cpu_percent":0.4,"memory_bytes":77}""", stats.GetProperty("daemon").GetRawText());
        Assert.Equal(2000, Assert.Single(stats.GetProperty("history").EnumerateArray()).GetProperty("memory_bytes").GetInt64());
        (await _reader.GetAsync("/api/system/stats?points=0")).Problem(422, "invalid_parameter");
    }

    [Fact]
    public async Task Before_the_first_sample_and_without_sampling_figures_are_null()
    {
        _daemon.Resources.Interval = null;
        var stats = (await _reader.GetAsync("/api/system/stats")).Ok();
        Assert.Equal(JsonValueKind.Null, stats.GetProperty("sampled_at").ValueKind);
        Assert.Equal(JsonValueKind.Null, stats.GetProperty("host").GetProperty("cpu_percent").ValueKind);
        Assert.True(stats.GetProperty("daemon").GetProperty("memory_bytes").GetInt64() > 0);
        var sampling = (await _reader.GetAsync("/api/system/info")).Ok().GetProperty("sampling");
        Assert.Equal("""{"enabled":false,"interval_seconds":null,"missing":null}""", sampling.GetRawText());
    }

    [Fact]
    public async Task The_information_says_who_keeps_limits_and_what_cannot_be_done()
    {
        var info = (await _reader.GetAsync("/api/system/info")).Ok();
        Assert.Equal(
            ["success", "hostname", "os", "architecture", "cores", "boot_time", "daemon", "limits_by", "limits_note", "sampling", "missing"], Names(info));
        Assert.Equal("""{"max_memory":"sampling","cpu":"nobody"}""", info.GetProperty("limits_by").GetRawText());
        Assert.Equal(LauncherCapabilities.Full.WhyNoCgroup, info.GetProperty("limits_note").GetString());
        Assert.Equal(Environment.ProcessId, info.GetProperty("daemon").GetProperty("pid").GetInt32());
        Assert.Equal(_daemon.Home, info.GetProperty("daemon").GetProperty("home").GetString());
        Assert.Empty(info.GetProperty("missing").EnumerateArray());
    }

    [Fact]
    public async Task Processes_are_listed_sorted_cut_and_searched_with_their_service_and_without_secrets()
    {
        Run("self", Environment.ProcessId);
        using var child = System.Diagnostics.Process.Start("/bin/sh", ["-c", "sleep 300; :", "sh", $"--password={Secret}"]);
        try
        {
            var all = (await _reader.GetAsync("/api/system/processes?sort=memory&limit=1000")).Ok();
            var memory = all.GetProperty("processes").EnumerateArray().Select(p => p.GetProperty("memory_bytes").GetInt64()).ToList();
            Assert.Equal(memory.OrderDescending(), memory);
            Assert.Equal(memory.Count, all.GetProperty("count").GetInt32());

            var found = (await _reader.GetAsync($"/api/system/processes?sort=pid&service=SELF&search=sleep+300;")).Ok();
            var shown = Assert.Single(found.GetProperty("processes").EnumerateArray());
            Assert.Equal(1, found.GetProperty("total").GetInt32());
            Assert.Equal(
                ["pid", "parent", "name", "user", "state", "cpu_percent", "memory_bytes", "threads", "open_files", "started_at", "command", "service"], Names(shown));
            Assert.Equal(child.Id, shown.GetProperty("pid").GetInt32());
            Assert.Equal("sh", shown.GetProperty("name").GetString());
            Assert.Equal(Environment.UserName, shown.GetProperty("user").GetString());
            Assert.Equal("self", shown.GetProperty("service").GetString());
            Assert.EndsWith("--password=********", shown.GetProperty("command").GetString(), StringComparison.Ordinal);
            Assert.InRange(shown.GetProperty("started_at").GetDateTime(), DateTime.UtcNow.AddMinutes(-5), DateTime.UtcNow.AddMinutes(1));
            Assert.Equal(0, (await _reader.GetAsync($"/api/system/processes?search={Secret}")).Ok().GetProperty("total").GetInt32());

            var second = (await _reader.GetAsync("/api/system/processes?sort=pid&limit=1&offset=1")).Ok();
            var pids = (await _reader.GetAsync("/api/system/processes?sort=pid&limit=2")).Ok().GetProperty("processes");
            Assert.Equal(pids[1].GetProperty("pid").GetInt32(), second.GetProperty("processes")[0].GetProperty("pid").GetInt32());
        }
        finally
        {
            child.Kill();
        }
    }

    [Theory]
    [InlineData("processes?sort=name", 422, "invalid_parameter")]
    [InlineData("processes?limit=1001", 422, "invalid_parameter")]
    [InlineData("processes?service=nobody", 404, "unknown_service")]
    [InlineData("ports?service=nobody", 404, "unknown_service")]
    public async Task What_makes_no_sense_is_refused(string query, int status, string code) =>
        (await _reader.GetAsync($"/api/system/{query}")).Problem(status, code);

    [Fact]
    public async Task Ports_are_listed_with_process_and_service()
    {
        Run("self", Environment.ProcessId);
        _daemon.Services.Add("other");
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;

        var ports = (await _reader.GetAsync("/api/system/ports?service=self")).Ok();

        var shown = ports.GetProperty("ports").EnumerateArray().Single(p => p.GetProperty("port").GetInt32() == port);
        var program = File.ReadAllText("/proc/self/comm").Trim();
        Assert.Equal(
            $$"""{"port":{{port}},"protocol":"tcp","address":"127.0.0.1","pid":{{Environment.ProcessId}},"program":"{{program}}","service":"self"}""", shown.GetRawText());
        Assert.Equal(ports.GetProperty("count").GetInt32(), ports.GetProperty("ports").GetArrayLength());
        Assert.Empty((await _reader.GetAsync("/api/system/ports?service=other")).Ok().GetProperty("ports").EnumerateArray());
    }

    private void Run(string name, int pid)
    {
        _daemon.Services.Add(name);
        var main = pid == Environment.ProcessId ? ProcessIdentities.Own : new ProcessIdentity(pid, 1, "");
        _daemon.Services.Change(name, view => view with
        {
            Status = ServiceStatus.Running,
            Phase = Phase.Running,
            Pid = pid,
            Process = main,
            RunId = "run-" + name,
            Generation = 1,
        });
    }

    private static IEnumerable<string> Names(JsonElement element) => element.EnumerateObject().Select(property => property.Name);
}
