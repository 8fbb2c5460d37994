using Xunit;
using Ziggie.Api.Tests.Support;
using Ziggie.Processes.Tests;
using Ziggie.Scenarios.Tests.Support;

namespace Ziggie.Scenarios.Tests;

/// <summary>No zombie is left, whoever's child it was.</summary>
public sealed class ReapingTests : Scenario
{
    // Each child's parent ends first, so that the child comes to the daemon.
    private const string Orphans = "n=0; while [ $n -lt 500 ]; do n=$((n+1)); (/bin/true & ) ; done; echo forked; exec sleep 300";

    [Fact]
    public async Task Five_hundred_short_lived_children_leave_no_zombie()
    {
        var daemon = await Home.StartAsync();
        var service = await daemon.DefineAsync(new { name = "forks", command = Orphans, shell = true });
        var pid = await service.StartAsync();
        await service.PrintedAsync("forked");
        await Wait.UntilAsync(() => Proc.ZombiesOf(daemon.Pid).Count == 0, "all are reaped");
        Assert.Equal(pid, await service.PidAsync());
        await service.StopAsync();
        Assert.Empty(Proc.ZombiesOf(daemon.Pid));
    }

    [Fact]
    public async Task A_hundred_crashes_leave_no_zombie_and_each_exit_is_known()
    {
        var daemon = await Home.StartAsync();
        var service = await daemon.DefineAsync(new { name = "crashes", command = "exit 7", shell = true, restart = new { delay = "1ms", max_delay = "2ms", budget = 100 } });
        await service.DoAsync("start");
        var status = await service.UntilAsync(s => s.Phase() == "failed", "has given up");
        Assert.Equal((100, 7), (status.Restarts(), status.ExitCode()));
        await Wait.UntilAsync(() => Proc.ZombiesOf(daemon.Pid).Count == 0, "all are reaped");
    }

    [RootFact]
    public async Task As_the_first_process_of_a_container_it_reaps_orphans_and_stops_as_always()
    {
        var daemon = await Home.StartAsync(["unshare", "--pid", "--fork", "--mount-proc", "--kill-child"], []);
        var service = await daemon.DefineAsync(new { name = "forks", command = Orphans, shell = true });
        Assert.Equal(1, await daemon.Service("control-center-backend").PidAsync());
        await service.StartAsync();
        await service.PrintedAsync("forked");
        var first = Home.Processes().Single(pid => pid != daemon.Pid && Proc.StatusOf(pid, "PPid") == daemon.Pid);
        await Wait.UntilAsync(() => Proc.ZombiesOf(first).Count == 0, "all are reaped");
        Proc.Signal(first, Proc.Terminate);
        Assert.Equal(0, await daemon.ExitAsync());
        Assert.Empty(Home.Processes());
    }
}
