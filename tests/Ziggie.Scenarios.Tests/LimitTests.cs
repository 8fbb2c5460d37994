using Xunit;
using Ziggie.Dummy;
using Ziggie.Scenarios.Tests.Support;

namespace Ziggie.Scenarios.Tests;

/// <summary>A service is held to what it may use, and what it uses is told.</summary>
public sealed class LimitTests : Scenario
{
    private const string Exceeded = "Exceeded its memory limit of 120 MB";

    private static string Hoarder(int megabytes) => $"{string.Join(' ', DummyProgram.Command("hoard", $"{megabytes}", "say", "full", "hang"))} & wait";

    [Fact]
    public async Task A_memory_limit_counts_the_whole_tree_and_leaves_its_reason()
    {
        var daemon = await Home.StartAsync("--Sampling:Interval=200ms", "--Cgroups=off");
        var limits = new { max_memory = "120MB" };
        var once = await daemon.DefineAsync(new { name = "once", command = Hoarder(200), shell = true, limits, restart = "never", stop = "KILL" });
        var again = await daemon.DefineAsync(new { name = "again", command = Hoarder(200), shell = true, limits, restart = new { delay = "10m", jitter = 0 }, stop = "KILL" });
        var modest = await daemon.DefineAsync(new { name = "modest", command = Hoarder(1), shell = true, limits = new { max_memory = "120MB", cpu = 1 } });
        var first = await modest.StartAsync();
        await once.StartAsync();
        await again.StartAsync();

        var failed = await once.UntilAsync(status => status.Phase() == "failed", "is ended at its limit");
        Assert.StartsWith(Exceeded, failed.GetProperty("reason").GetString(), StringComparison.Ordinal);
        // The first restart comes at once, the second waits.
        var waiting = await again.UntilAsync(status => status.Phase() == "backoff", "is started again, and once more");
        Assert.StartsWith(Exceeded, waiting.GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.Equal(2, waiting.Restarts());
        Assert.Equal(first, await modest.PidAsync());
        Assert.Equal("""{"max_memory":"sampling","cpu":"nobody"}""", (await modest.StatusAsync()).GetProperty("limits_by").GetRawText());

        // Its tree: the shell and its child.
        var measured = await modest.UntilAsync(status => status.GetProperty("memory_bytes").ValueKind is System.Text.Json.JsonValueKind.Number, "is measured");
        Assert.InRange(measured.GetProperty("memory_bytes").GetInt64(), 5_000_000, 120_000_000);
        var metrics = (await daemon.Owner.GetAsync("/api/services/modest/metrics")).Ok();
        Assert.Equal(2, metrics.GetProperty("current").GetProperty("processes").GetInt32());
        Assert.NotEmpty(metrics.GetProperty("points").EnumerateArray());
        Assert.Equal("sampling", (await daemon.Owner.GetAsync("/api/system/info")).Ok().GetProperty("limits_by").GetProperty("max_memory").GetString());
    }

    [Fact]
    public async Task Limits_of_the_process_hold_and_one_that_cannot_be_set_refuses_the_start()
    {
        var daemon = await Home.StartAsync();
        var limited = await daemon.DefineAsync(
            new { name = "limited", command = "sleep 300", limits = new { nice = 5, open_files = 99, core = 0 }, ready = new { grace = "10ms" } });
        var pid = await limited.StartAsync();
        Assert.Contains("99", File.ReadLines($"/proc/{pid}/limits").Single(line => line.StartsWith("Max open files", StringComparison.Ordinal)));
        Assert.Equal("5", File.ReadAllText($"/proc/{pid}/stat").Split(')')[^1].Split(' ', StringSplitOptions.RemoveEmptyEntries)[16]);

        var greedy = await daemon.DefineAsync(new { name = "greedy", command = "sleep 300", limits = new { open_files = 1_000_000_000 } });
        var refused = (await greedy.DoAsync("start")).Problem(400, "not_permitted");
        Assert.StartsWith("limits.open_files cannot be set to 1000000000", refused.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }
}
