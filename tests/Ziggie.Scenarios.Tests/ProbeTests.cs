using System.Text.Json;
using Xunit;
using Ziggie.Api.Tests.Support;
using Ziggie.Dummy;
using Ziggie.Scenarios.Tests.Support;

namespace Ziggie.Scenarios.Tests;

/// <summary>When a service is ready, and whether it is well.</summary>
public sealed class ProbeTests(SharedDaemon shared) : IClassFixture<SharedDaemon>
{
    private RealDaemon Daemon => shared.Daemon;

    private static object Sleeping(string name, object? ready = null, object? health = null) =>
        new { name, command = "echo up $$; exec sleep 300", shell = true, ready = ready ?? "50ms", health };

    [Fact]
    public async Task Ready_when_a_command_succeeds_which_sees_what_the_service_sees()
    {
        var gate = shared.Home.In("exec-gate");
        var service = await Daemon.DefineAsync(new
        {
            name = "by-command",
            command = "sleep 300",
            env = new { GATE = gate },
            ready = new { exec = new { command = "test -e \"$GATE\"", shell = true } },
        });
        var start = service.DoAsync("start");
        await service.UntilAsync(s => s.Reason()?.Contains("to succeed") == true, "waits for the command");
        await Wait.UntilAsync(async () =>
            (await Daemon.Owner.GetAsync("/api/services/by-command")).Ok().GetProperty("health_results").GetArrayLength() > 0, "the command was run");
        await File.WriteAllTextAsync(gate, "");
        (await start).Ok();

        var results = (await Daemon.Owner.GetAsync("/api/services/by-command")).Ok().GetProperty("health_results").EnumerateArray().ToList();
        Assert.False(results[0].GetProperty("success").GetBoolean());
        Assert.True(results[^1].GetProperty("success").GetBoolean());
        Assert.All(results, result => Assert.True(result.GetProperty("latency_ms").GetDouble() > 0 && result.Text("kind") == "ready"));
        Assert.Equal("'test -e \"$GATE\"' exited with code 0.", results[^1].Text("message"));
        await service.StopAsync();
    }

    [Fact]
    public async Task Ready_when_it_says_so_and_its_status_is_shown()
    {
        var gate = shared.Home.In("notify-gate");
        var service = await Daemon.DefineAsync(new
        {
            name = "by-word",
            command = DummyProgram.Command("say", "up", "wait-file", gate, "notify", "STATUS=Almost there", "notify", "READY=1\nSTATUS=Serving", "hang"),
            ready = "notify",
        });
        var start = service.DoAsync("start");
        await service.PrintedAsync("up");
        Assert.False(start.IsCompleted);
        await File.WriteAllTextAsync(gate, "");
        (await start).Ok();
        await service.UntilAsync(s => s.Text("status_text") == "Serving", "says that it serves");
        await service.StopAsync();
        Assert.Null((await service.StatusAsync()).Text("status_text"));
    }

    [Fact]
    public async Task Ready_when_a_line_of_this_run_matches_on_either_output()
    {
        var service = await Daemon.DefineAsync(new
        {
            name = "by-line",
            command = "echo starting; sleep 0.2; echo listening on 8080 >&2; exec sleep 300",
            shell = true,
            ready = new { log = "listening on [0-9]+" },
            logs = new { stderr = "separate" },
        });
        var first = await service.StartAsync();
        Assert.NotEqual(first, await service.RestartAsync());

        // The same lines are in the log already; a run that does not print them is not ready.
        await Daemon.Owner.PutAsync("/api/services/by-line", new { command = "sleep 300", ready = new { log = "listening on [0-9]+", timeout = "500ms" }, restart = "never" });
        var problem = (await service.DoAsync("restart")).Problem(400, "start_failed");
        Assert.Contains("Not ready within 500ms", problem.Text("detail"));
    }

    [Fact]
    public async Task A_probe_that_hangs_is_ended_with_all_that_it_started_and_counts_as_failed()
    {
        var noted = shared.Home.In("probe-pids");
        var service = await Daemon.DefineAsync(Sleeping("probed-by-a-hang", health: new
        {
            exec = new { command = $"sleep 299 & echo $$ $! >> {noted}; wait", shell = true },
            interval = "100ms",
            timeout = "200ms",
            failures = 2,
            on_unhealthy = "report",
        }));
        var pid = await service.StartAsync();
        var status = await service.UntilAsync(s => s.Text("health") == "unhealthy", "is unhealthy");
        Assert.Contains("was not over within 200ms and was ended", status.Text("health_message"));
        Assert.Equal(pid, status.Pid());
        await service.StopAsync();
        var probes = (await File.ReadAllTextAsync(noted)).Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries).Select(int.Parse).ToList();
        Assert.True(probes.Count >= 4);
        await Wait.UntilAsync(() => !probes.Any(Proc.Lives), "no process of a probe is left");
    }

    [Fact]
    public async Task One_failed_probe_does_nothing_and_so_many_in_a_row_restart_it()
    {
        var (well, tries) = (shared.Home.In("well"), shared.Home.In("tries"));
        await File.WriteAllTextAsync(well, "");
        var service = await Daemon.DefineAsync(Sleeping("hangs", health: new
        {
            exec = new { command = $"echo x >> {tries}; test -e {well}", shell = true },
            interval = "100ms",
            failures = 3,
        }));
        var pid = await service.StartAsync();
        await service.UntilAsync(s => s.Text("health") == "healthy", "is healthy");

        File.Delete(well);
        var restarted = await service.UntilAsync(s => s.Pid() is { } now && now != pid, "is restarted");
        var results = (await Daemon.Owner.GetAsync("/api/services/hangs")).Ok().GetProperty("health_results").EnumerateArray().ToList();
        Assert.True(Longest(results) >= 3, "it was restarted before three probes in a row had failed");
        Assert.Equal(1, restarted.Restarts());
        await service.StopAsync();
        Assert.True((await File.ReadAllLinesAsync(tries)).Length >= 4);
    }

    [Fact]
    public async Task A_probe_that_comes_and_goes_makes_it_healthy_only_after_so_many_successes()
    {
        var count = shared.Home.In("count");
        await File.WriteAllTextAsync(count, "");
        // Well, ill, well, ill, and from the tenth on well.
        var script = $"echo x >> {count}; n=$(wc -l < {count}); [ $n -ge 10 ] || [ $((n % 2)) = 0 ]";
        var service = await Daemon.DefineAsync(Sleeping("flaps", health: new
        {
            exec = new { command = script, shell = true },
            interval = "100ms",
            failures = 2,
            successes = 3,
            on_unhealthy = "report",
        }));
        await service.StartAsync();
        await service.UntilAsync(s => s.Text("health") == "healthy", "is healthy");
        Assert.True((await File.ReadAllLinesAsync(count)).Length >= 12);
        await service.StopAsync();
    }

    [Fact]
    public async Task A_service_that_stops_saying_that_it_is_alive_is_restarted()
    {
        var service = await Daemon.DefineAsync(new
        {
            name = "watchdog",
            command = DummyProgram.Command("notify", "READY=1", "notify", "WATCHDOG=1", "say", "silent", "hang"),
            ready = "notify",
            health = new { notify = true, interval = "300ms", failures = 2 },
            restart = new { budget = 1 },
        });
        await service.StartAsync();
        var given = await service.UntilAsync(s => s.Phase() == "failed", "is given up");
        Assert.Contains("Unhealthy: It sent no WATCHDOG=1 for 600ms.", given.Reason());
        Assert.Equal(2, (await service.PrintedAsync("silent", 2)).Length);
    }

    [Fact]
    public async Task A_schedule_starts_a_job_again_and_again_and_not_while_it_runs()
    {
        var service = await Daemon.DefineAsync(new
        {
            name = "every-second",
            command = "echo run $$; sleep 1.2",
            shell = true,
            restart = "never",
            ready = "10ms",
            schedule = "* * * * * *",
        });
        var runs = await service.PrintedAsync("run", 3);
        Assert.Equal(3, runs.Take(3).Distinct().Count());
        (await service.DeleteAsync("?force=true")).Ok();
        Assert.DoesNotContain(runs.Select(int.Parse), Proc.Lives);
    }

    private static int Longest(IEnumerable<JsonElement> results)
    {
        var (longest, now) = (0, 0);
        foreach (var result in results)
        {
            now = result.GetProperty("success").GetBoolean() ? 0 : now + 1;
            longest = Math.Max(longest, now);
        }
        return longest;
    }
}
