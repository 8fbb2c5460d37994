using Xunit;
using Ziggie.Api.Tests.Support;
using Ziggie.Scenarios.Tests.Support;

namespace Ziggie.Scenarios.Tests;

/// <summary>Start, stop and restart answer when it is so.</summary>
public sealed class CommandTests(SharedDaemon shared) : IClassFixture<SharedDaemon>
{
    private RealDaemon Daemon => shared.Daemon;

    [Fact]
    public async Task A_stop_answers_after_the_process_is_gone()
    {
        var service = await Daemon.DefineAsync(new { name = "slow-end", command = "trap 'sleep 0.5; exit 3' TERM; echo up; while :; do sleep 0.05; done", shell = true });
        var pid = await service.StartAsync();
        Assert.True(Proc.Lives(pid));

        Assert.Equal("Service 'slow-end' stopped successfully", await service.StopAsync());

        Assert.False(Proc.Exists(pid));
        var status = await service.StatusAsync();
        Assert.Equal(("stopped", "stopped", null, 3), (status.Status(), status.Phase(), status.Pid(), status.ExitCode()));
        (await service.DoAsync("stop")).Problem(400, "not_running");
    }

    [Fact]
    public async Task A_second_start_is_refused_with_the_pid_of_the_first()
    {
        var service = await Daemon.DefineAsync(new { name = "once", command = "sleep 300" });
        var pid = await service.StartAsync();
        var problem = (await service.DoAsync("start")).Problem(400, "already_running");
        Assert.Contains($"PID {pid}", problem.Text("detail"));
        Assert.Equal(pid, await service.PidAsync());
    }

    [Fact]
    public async Task Twenty_restarts_at_once_get_twenty_answers_and_leave_one_process()
    {
        var service = await Daemon.DefineAsync(new { name = "often", command = "echo up $$; while :; do sleep 0.1; done", shell = true, ready = new { grace = "100ms" } });
        await service.StartAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => service.DoAsync("restart")));

        var pids = answers.Select(answer => answer.Ok().GetProperty("pid").GetInt32()).ToHashSet();
        var pid = await service.PidAsync();
        Assert.Contains(pid!.Value, pids);
        var started = (await service.PrintedAsync("up", 1)).Select(int.Parse).ToList();
        Assert.Equal(started.Count, started.Distinct().Count());
        Assert.Equal([pid.Value], started.Where(Proc.Exists));
    }

    [Fact]
    public async Task Starts_and_stops_at_once_are_all_answered_and_the_state_is_true()
    {
        var service = await Daemon.DefineAsync(new { name = "torn", command = "echo up $$; while :; do sleep 0.1; done", shell = true, ready = new { grace = "50ms" } });
        string[] commands = ["start", "stop", "restart"];

        var answers = await Task.WhenAll(Enumerable.Range(0, 30).Select(n => service.DoAsync(commands[n % 3])));

        Assert.All(answers, answer => Assert.True(answer.Status is 200 or 400, answer.Text));
        var status = await service.UntilAsync(s => s.Phase() is "running" or "stopped", "comes to rest");
        var living = (await service.LinesAsync()).Select(line => int.Parse(line.Split(' ')[1])).Where(Proc.Exists);
        Assert.Equal(new[] { status.Pid() }.OfType<int>(), living);
    }

    [Fact]
    public async Task A_process_that_ignores_the_signal_is_killed_at_the_limit_and_the_answer_says_so()
    {
        var service = await Daemon.DefineAsync(new { name = "deaf", command = "trap '' TERM; echo up; while :; do sleep 0.1; done", shell = true });
        var pid = await service.StartAsync();
        await service.PrintedAsync("up");

        var message = await service.StopAsync("?timeout=1");

        Assert.Contains("had to be killed", message);
        Assert.False(Proc.Exists(pid));
        Assert.Equal("SIGKILL", (await service.StatusAsync()).ExitSignal());
    }

    [Fact]
    public async Task One_that_needs_most_of_the_limit_is_not_killed_and_its_exit_code_is_kept()
    {
        var service = await Daemon.DefineAsync(new { name = "thorough", command = "trap 'sleep 4; exit 7' TERM; echo up; while :; do sleep 0.1; done", shell = true });
        await service.StartAsync();
        await service.PrintedAsync("up");

        Assert.Equal("Service 'thorough' stopped successfully", await service.StopAsync("?timeout=5"));

        var status = await service.StatusAsync();
        Assert.Equal((7, null), (status.ExitCode(), status.ExitSignal()));
    }

    [Fact]
    public async Task A_stop_by_force_kills_at_once()
    {
        var service = await Daemon.DefineAsync(new { name = "forced", command = "trap '' TERM; echo up; while :; do sleep 0.1; done", shell = true, stop = new { timeout = "300s" } });
        var pid = await service.StartAsync();
        await service.PrintedAsync("up");
        Assert.Contains("had to be killed", await service.StopAsync("?force=true"));
        Assert.False(Proc.Exists(pid));
    }

    [Fact]
    public async Task A_process_that_ends_while_a_grandchild_holds_its_output_is_seen_as_ended_at_once()
    {
        // The grandchild ignores the signal, so that its end cannot be what was waited for.
        const string script = "(trap '' TERM; echo child $(exec sh -c 'echo $PPID'); while :; do sleep 0.1; done) & sleep 0.5; exit 3";
        var service = await Daemon.DefineAsync(
            new { name = "survived", command = script, shell = true, restart = "never", ready = new { grace = "100ms" }, stop = new { timeout = "300s" } });
        await service.StartAsync();
        var child = int.Parse(await service.PrintedAsync("child"));

        await service.UntilAsync(s => s.ExitCode() == 3, "is seen as ended");

        Assert.True(Proc.Lives(child));
        await service.DoAsync("stop?force=true");
        await service.UntilAsync(s => s.Status() != "running", "comes to rest");
        Assert.False(Proc.Lives(child));
        await Wait.UntilAsync(() => !Proc.Exists(child), "the orphan is reaped");
    }
}
