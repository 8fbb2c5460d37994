using System.Diagnostics;

namespace Ziggie.Bench;

/// <summary>Waits for conditions, with a limit.</summary>
internal static class Wait
{
    public static async Task UntilAsync(Func<Task<bool>> isSo, int pauseMilliseconds = 10, int limitSeconds = 120)
    {
        var start = Stopwatch.GetTimestamp();
        while (!await isSo())
        {
            if (Stopwatch.GetElapsedTime(start).TotalSeconds > limitSeconds) throw new TimeoutException($"Not so after {limitSeconds} s.");
            if (pauseMilliseconds > 0) await Task.Delay(pauseMilliseconds);
        }
    }

    /// <summary>Until a process uses less than a tenth of a core.</summary>
    public static async Task UntilIdleAsync(int pid, int limitSeconds = 60)
    {
        var (last, quiet) = (Machine.CpuSeconds(pid), 0);
        for (var i = 0; i < limitSeconds * 2 && quiet < 3; i++)
        {
            await Task.Delay(500);
            var now = Machine.CpuSeconds(pid);
            quiet = now - last <= 0.05 ? quiet + 1 : 0;
            last = now;
        }
    }
}
