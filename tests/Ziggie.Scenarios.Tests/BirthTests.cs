using Xunit;
using Ziggie.Api.Tests.Support;
using Ziggie.Scenarios.Tests.Support;

namespace Ziggie.Scenarios.Tests;

/// <summary>A daemon that dies while a child of it has not become a program yet.</summary>
public sealed class BirthTests : Scenario
{
    [Fact]
    public async Task Kills_during_launches_with_limits_leave_a_home_that_the_next_daemon_can_take()
    {
        var first = await Home.StartAsync();
        await first.DefineAsync(new
        {
            name = "limited",
            command = "sleep 300",
            autostart = true,
            ready = "1ms",
            limits = new { open_files = 512, nice = 1 },
        });
        var daemon = first;
        for (var round = 0; round < 4; round++)
        {
            var done = 0;
            var restarts = RestartForEverAsync(daemon, () => Interlocked.Increment(ref done));
            await Wait.UntilAsync(() => Volatile.Read(ref done) > round, "it was restarted some times");
            await daemon.KillAsync();
            await restarts;
            daemon = await Home.StartAsync();
            await daemon.Service("limited").UntilAsync(s => s.Phase() == "running", "runs");
            Assert.Single(Home.Processes(), pid => Proc.CommandLineOf(pid).StartsWith("sleep 300", StringComparison.Ordinal));
        }
        Assert.Equal(0, await daemon.StopAsync());
        await Wait.UntilAsync(() => Home.Processes().Count == 0, "nothing is left");
    }

    private static async Task RestartForEverAsync(RealDaemon daemon, Action restarted)
    {
        try
        {
            while (true)
            {
                (await daemon.Service("limited").DoAsync("restart")).Ok();
                restarted();
            }
        }
        catch (Exception e) when (e is HttpRequestException or IOException or TaskCanceledException)
        {
            // the daemon is gone
        }
    }
}
