using System.Globalization;
using System.Runtime.Versioning;
using Ziggie.Processes.Linux.Cgroups;

namespace Ziggie.Processes.Linux;

/// <summary>
/// Gives a child its limits while it waits at the <see cref="BirthGate"/>: no program between changes its environment, and each error is exact.
/// </summary>
[SupportedOSPlatform("linux")]
internal static class LaunchLimits
{
    /// <summary>Null when all are set.</summary>
    public static LaunchResult.Failed? Apply(int pid, ProcessLimits limits)
    {
        if (limits.Nice is { } nice && Native.SetNice(pid, nice) is not 0 and var noNice)
            return Refusal.LimitForbidden("nice", nice, noNice, NiceHint);
        // Where the scheduler groups by session, a niceness counts within one alone, unless the session has it too (sched(7), autogroup).
        if (limits.Nice is { } ofSession) CgroupFiles.Write($"/proc/{pid}", "autogroup", ofSession.ToString(CultureInfo.InvariantCulture));
        if (limits.Core is { } core && Native.SetLimit(pid, Native.LimitCore, (ulong)core) is not 0 and var noCore)
            return Refusal.LimitForbidden("core", core, noCore, HardHint(Native.LimitCore, "LimitCORE"));
        if (limits.OpenFiles is { } files && Native.SetLimit(pid, Native.LimitOpenFiles, (ulong)files) is not 0 and var noFiles)
            return Refusal.LimitForbidden("open_files", files, noFiles, FilesHint);
        return null;
    }

    /// <summary>The most open files that even root can allow a process; null when that is not known.</summary>
    public static long? SystemMost()
    {
        try
        {
            return long.TryParse(File.ReadAllText("/proc/sys/fs/nr_open"), CultureInfo.InvariantCulture, out var most) ? most : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string NiceHint => "Only root may go below the daemon's own priority. Raise it, or run the daemon as root.";

    private static string FilesHint => Native.EffectiveUser() == 0 && SystemMost() is { } most
        ? $"The system allows {most} at most (fs.nr_open). Lower it, or raise that."
        : HardHint(Native.LimitOpenFiles, "LimitNOFILE");

    private static string HardHint(int resource, string unitKey) => string.Create(CultureInfo.InvariantCulture,
        $"The daemon's own hard limit is {Native.HardLimit(resource)}, and only root may go beyond. ")
        + $"Lower it, or raise the daemon's ({unitKey} in its systemd unit).";
}
