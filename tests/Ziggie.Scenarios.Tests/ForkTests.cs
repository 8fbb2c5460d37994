using System.Globalization;
using Xunit;
using Ziggie.Api.Tests.Support;
using Ziggie.Processes.Tests;
using Ziggie.Scenarios.Tests.Support;

namespace Ziggie.Scenarios.Tests;

/// <summary>The system lets the daemon's user have no more processes and threads (EAGAIN).</summary>
public sealed class ForkTests : OtherUser
{
    [RootFact]
    public async Task The_daemon_lives_others_are_undisturbed_and_the_service_is_tried_again()
    {
        var daemon = await StartAsync();
        var tried = await daemon.DefineAsync(new { name = "tried", command = "sleep 300", restart = new { delay = "100ms", max_delay = "200ms", budget = 1000 }, ready = new { grace = "50ms" } });
        await tried.StartAsync();
        await tried.RestartAsync();
        await tried.StopAsync();
        var running = await daemon.DefineAsync(new { name = "running", command = "while :; do echo tick; sleep 0.1; done", shell = true, ready = new { grace = "50ms" } });
        var pid = await running.StartAsync();
        var crashing = await daemon.DefineAsync(new { name = "crashing", command = "sleep 300", restart = new { delay = "100ms", max_delay = "200ms", budget = 1000 }, ready = new { grace = "50ms" } });
        var crashed = await crashing.StartAsync();

        // Only what the daemon starts itself is refused: the limit is its own.
        await LimitProcessesAsync(daemon.Pid, 1);
        var answer = await tried.DoAsync("start");
        Assert.True(answer.Status is 400 or 503, answer.Text);
        Assert.Contains("short of resources", answer.Text, StringComparison.Ordinal);
        Proc.Signal(crashed, Proc.Kill);
        await crashing.UntilAsync(s => s.Status() == "failed", "cannot be restarted");
        // Between two tries: while one is under way it is starting.
        await tried.UntilAsync(s => s.Status() == "failed", "cannot be started");
        Assert.Equal(pid, await running.PidAsync());
        Assert.True(Proc.Lives(pid));

        await LimitProcessesAsync(daemon.Pid, 10_000);
        await tried.UntilAsync(s => s.Phase() == "running", "is tried again");
        await crashing.UntilAsync(s => s.Phase() == "running" && s.Pid() != crashed, "is tried again");
        Assert.Equal(pid, await running.PidAsync());
        var lines = (await running.LinesAsync()).Length;
        await Wait.UntilAsync(async () => (await running.LinesAsync()).Length > lines, "the other one goes on writing");
        Assert.Equal(0, await daemon.StopAsync());
    }

    private Task LimitProcessesAsync(int pid, int limit) =>
        RunAsUserAsync("prlimit", string.Create(CultureInfo.InvariantCulture, $"--pid={pid}"), string.Create(CultureInfo.InvariantCulture, $"--nproc={limit}:"));
}
