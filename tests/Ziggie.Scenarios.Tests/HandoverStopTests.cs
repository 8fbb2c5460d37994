using Xunit;
using Ziggie.Api.Tests.Support;
using Ziggie.Scenarios.Tests.Support;

namespace Ziggie.Scenarios.Tests;

/// <summary>A daemon that is told to stop stops, whatever else it is about to do.</summary>
public sealed class HandoverStopTests : Scenario
{
    private const int HangUp = 1;

    [Theory]
    [InlineData(0)]
    [InlineData(300)]
    [InlineData(1200)]
    [InlineData(2000)]
    public async Task SIGTERM_during_a_handover_stops_the_services_and_both_daemons(int milliseconds)
    {
        var daemon = await Home.StartAsync();
        var service = await daemon.DefineAsync(new { name = "steady", command = "sleep 300" });
        await service.StartAsync();

        daemon.Signal(HangUp);
        // Each delay is another moment of the handover, and which one it is depends on the machine: all must end the same.
        await Task.Delay(milliseconds);
        if (Proc.Lives(daemon.Pid)) daemon.Signal(Proc.Terminate);
        else Proc.Signal(await HolderAsync(), Proc.Terminate);

        Assert.Equal(0, await daemon.ExitAsync());
        await Wait.UntilAsync(() => Home.Processes().Count == 0, "nothing is left");
    }

    [Fact]
    public async Task A_stop_that_was_answered_during_a_handover_is_done()
    {
        var daemon = await Home.StartAsync();
        var service = await daemon.DefineAsync(new { name = "steady", command = "sleep 300" });
        await service.StartAsync();

        daemon.Signal(HangUp);
        Assert.Equal(202, (await daemon.Owner.PostAsync("/api/daemon/stop")).Status);

        Assert.Equal(0, await daemon.ExitAsync());
        await Wait.UntilAsync(() => Home.Processes().Count == 0, "nothing is left");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(150)]
    [InlineData(400)]
    [InlineData(800)]
    [InlineData(1500)]
    public async Task SIGTERM_during_a_start_ends_it_quietly_with_its_services(int milliseconds)
    {
        var first = await Home.StartAsync();
        var service = await first.DefineAsync(new { name = "steady", command = "sleep 300", autostart = true });
        await service.StartAsync();
        await first.KillAsync();

        var second = Home.Run(["--urls", "http://127.0.0.1:0"]);
        // Before its first line of code nobody can hear a signal.
        await Wait.UntilAsync(() => File.Exists(Path.Combine(Home.Root, "run", "daemon.pid")) && HoldsHome(second.Pid), "it has begun");
        await Task.Delay(milliseconds);
        Proc.Signal(second.Pid, Proc.Terminate);

        Assert.Equal(0, await second.ExitAsync());
        Assert.DoesNotContain("   at ", second.Errors);
        await Wait.UntilAsync(() => Home.Processes().Count == 0, "nothing is left");
    }

    private bool HoldsHome(int pid) => File.ReadAllText(Path.Combine(Home.Root, "run", "daemon.pid")).Trim() == $"{pid}";

    private async Task<int> HolderAsync()
    {
        var pid = 0;
        await Wait.UntilAsync(() => int.TryParse(File.ReadAllText(Path.Combine(Home.Root, "run", "daemon.pid")), out pid) && Proc.Lives(pid), "a daemon");
        return pid;
    }
}
