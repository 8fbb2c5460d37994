using System.Diagnostics;
using Xunit;
using Ziggie.Processes.Linux;

namespace Ziggie.Processes.Tests.Linux;

public sealed class ExitWatcherTests : Launching
{
    /// <summary>As when a keeper hands back a run whose descriptor was closed, and the kernel gives it the number that it had.</summary>
    [Fact]
    public void A_process_that_somebody_else_holds_too_can_be_watched_again_under_the_same_number()
    {
        using var sleep = Process.Start("sleep", "300");
        using var kept = SafePidfd.Open(sleep.Id, out _)!;
        var identity = new ProcessIdentity(sleep.Id, 1, "boot");
        var numbers = new HashSet<int>();
        try
        {
            // Numbers are taken by other threads meanwhile, so it may need some turns until one comes again.
            for (var turn = 0; turn < 100; turn++)
            {
                var process = new LinuxProcess(identity, "run", kept.Duplicate()!, 0, ExitWatcher.Shared.Forget);
                var number = process.Pidfd.Use(descriptor => descriptor, closed: -1);
                Assert.Equal(0, ExitWatcher.Shared.Watch(process));
                process.Dispose();
                if (!numbers.Add(number)) return;
            }
            Assert.Fail("No number came twice.");
        }
        finally
        {
            sleep.Kill();
        }
    }

    /// <summary>As one of which the program lies on a file system that does not answer.</summary>
    [Fact]
    public async Task A_launch_that_does_not_come_back_stops_neither_others_nor_the_news_of_their_ends()
    {
        using var comesBack = new ManualResetEventSlim();
        var hanging = Task.Factory.StartNew(() =>
        {
            ExitWatcher.Shared.SpawnGate.EnterReadLock();
            comesBack.Wait();
            ExitWatcher.Shared.SpawnGate.ExitReadLock();
        }, TaskCreationOptions.LongRunning);
        try
        {
            await Until(() => ExitWatcher.Shared.SpawnGate.CurrentReadCount > 0, () => "the launch");
            for (var turn = 0; turn < 3; turn++)
            {
                var (exit, _) = await Task.Run(() => Run(Spec("/bin/sh", "-c", "exit 3"))).WaitAsync(Limit);
                Assert.Equal(ExitStatus.Exited(3), exit);
            }
        }
        finally
        {
            comesBack.Set();
            await hanging;
        }
    }
}
