using Xunit;
using Ziggie.Dummy;
using Ziggie.Scenarios.Tests.Support;

namespace Ziggie.Scenarios.Tests;

/// <summary>What a service has forked is gone when its stop has been answered.</summary>
public sealed class TreeTests(SharedDaemon shared) : IClassFixture<SharedDaemon>
{
    [Theory]
    [InlineData("plain")]
    [InlineData("group")]
    [InlineData("session")]
    [InlineData("session-clean")]
    [InlineData("double")]
    [InlineData("double-clean")]
    public async Task A_grandchild_is_gone_after_a_stop(string mode)
    {
        var service = await shared.Daemon.DefineAsync(new { name = $"forks-{mode}", command = DummyProgram.Command("fork", mode, "hang") });
        var pid = await service.StartAsync();
        var child = int.Parse(await service.PrintedAsync("forked "));
        Assert.True(Proc.Lives(child));

        await service.StopAsync();

        Assert.False(Proc.Exists(pid));
        Assert.False(Proc.Lives(child), $"The grandchild {child} outlived the stop.");
    }

    [Fact]
    public async Task Grandchildren_that_ignore_the_signal_are_killed_with_the_rest()
    {
        const string script = "setsid sh -c \"trap '' TERM; echo child \\$\\$; while :; do sleep 0.1; done\" & trap 'exit 0' TERM; while :; do sleep 0.1; done";
        var service = await shared.Daemon.DefineAsync(new { name = "deaf-child", command = script, shell = true });
        await service.StartAsync();
        var child = int.Parse(await service.PrintedAsync("child"));
        Assert.Contains("had to be killed", await service.StopAsync("?timeout=1"));
        Assert.False(Proc.Lives(child));
    }

    [Fact]
    public async Task What_a_crashed_run_has_left_is_gone_before_the_next_run_begins()
    {
        var service = await shared.Daemon.DefineAsync(
            new { name = "crashes-with-child", command = "sleep 300 & echo child $!; sleep 300", shell = true, restart = new { delay = "50ms" } });
        var pid = await service.StartAsync();
        var child = int.Parse(await service.PrintedAsync("child"));
        Proc.Signal(pid, Proc.Kill);
        var next = await service.UntilAsync(s => s.Restarts() == 1 && s.Phase() == "running", "runs again");
        Assert.NotEqual(pid, next.Pid());
        Assert.False(Proc.Lives(child));
    }
}
