using System.Diagnostics;
using Xunit;
using Ziggie.Processes.Linux;

namespace Ziggie.Processes.Tests.Linux;

public sealed class ExitWatcherTests
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
}
