using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Ziggie.Processes;

/// <summary>The time since boot, which no change of the wall clock disturbs and which all processes of the machine share.</summary>
public static class MachineClock
{
    /// <summary>Which boot it is that the clock counts from; empty where the platform has no name for it.</summary>
    public static string BootId { get; } = OperatingSystem.IsLinux() ? Linux.ProcFs.BootId : "";

    // CLOCK_BOOTTIME: what the start times in /proc/PID/stat are measured by.
    private const int BootTime = 7;

    // CLOCK_THREAD_CPUTIME_ID.
    private const int ThreadCpu = 3;

    /// <summary>The processor time of the calling thread; where the platform does not tell, the time since boot.</summary>
    public static TimeSpan OfThread => OperatingSystem.IsLinux() && clock_gettime(ThreadCpu, out var time) == 0 ? ToSpan(time) : SinceBoot;

    public static TimeSpan SinceBoot => OperatingSystem.IsLinux() && clock_gettime(BootTime, out var time) == 0
        ? ToSpan(time)
        : TimeSpan.FromMilliseconds(Environment.TickCount64);

    private static TimeSpan ToSpan(Timespec time) =>
        TimeSpan.FromTicks((time.Seconds * TimeSpan.TicksPerSecond) + (time.Nanoseconds / 100));

    [SupportedOSPlatform("linux")]
    [DllImport("libc")]
    private static extern int clock_gettime(int clock, out Timespec time);

    private struct Timespec
    {
        public long Seconds;
        public long Nanoseconds;
    }
}
