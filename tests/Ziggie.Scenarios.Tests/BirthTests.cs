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

    [Fact]
    public async Task A_child_that_waits_for_ever_with_the_dead_daemons_lock_is_ended_by_the_next_one()
    {
        var first = await Home.StartAsync();
        await first.KillAsync();
        // As such a child does: it has the lock, and is no daemon.
        var file = Path.Combine(Home.Root, "run", "daemon.lock");
        using var child = System.Diagnostics.Process.Start("flock", ["-x", file, "sleep", "300"]);
        try
        {
            await Wait.UntilAsync(() => Locked(file), "the lock is taken");
            await Home.StartAsync();
            await Wait.UntilAsync(() => child.HasExited, "the child is gone");
        }
        finally
        {
            if (!child.HasExited) child.Kill(entireProcessTree: true);
        }
    }

    private static bool Locked(string file)
    {
        try
        {
            using var open = new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            return false;
        }
        catch (IOException)
        {
            return true;
        }
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
