using System.Runtime.InteropServices;
using Ziggie.Processes.Linux;

namespace Ziggie.Processes.Portable;

/// <summary>
/// Limits by what a POSIX shell has: ulimit and nice. Whether they can be set is looked at before, since a shell could only end.
/// </summary>
internal static partial class PortableLimits
{
    private const int CoreResource = 4;
    private const int CoreBlock = 512;
    private const string Beyond = "It is beyond the daemon's own hard limit, and only root may raise that";

    private static readonly int OpenFilesResource = OperatingSystem.IsLinux() ? 7 : 8;

    public static LaunchResult.Failed? Check(ProcessSpec spec)
    {
        if (spec.Limits is not { AreOfProcess: true } limits) return null;
        if (OperatingSystem.IsWindows()) return Refusal.NoLimitsHere("Windows has none of them.");
        // The shell runs as the service's user already, who may not raise anything.
        var mayRaise = Environment.IsPrivilegedProcess && spec.User is null;
        if (limits.Nice < OwnNice && !mayRaise) return Refuse("nice", limits.Nice.Value, "Only root may go below the daemon's own priority");
        if (limits.OpenFiles is { } files && !mayRaise && (ulong)files > HardLimit(OpenFilesResource))
            return Refuse("open_files", files, Beyond);
        if (OperatingSystem.IsLinux() && limits.OpenFiles > LaunchLimits.SystemMost())
            return Refuse("open_files", limits.OpenFiles.Value, "It is beyond what the system allows (fs.nr_open)");
        if (limits.Core is { } core && !mayRaise && (ulong)core > HardLimit(CoreResource)) return Refuse("core", core, Beyond);
        return null;
    }

    /// <summary>Commands with a semicolon after each.</summary>
    public static string Script(ProcessLimits? limits)
    {
        var files = limits?.OpenFiles is { } count ? Invariant($"ulimit -n {count} || exit 126; ") : "";
        var core = limits?.Core is { } bytes ? Invariant($"ulimit -c {(bytes + CoreBlock - 1) / CoreBlock} || exit 126; ") : "";
        return files + core;
    }

    /// <summary>What the program is started through, with a blank after it.</summary>
    public static string Prefix(ProcessLimits? limits) => limits?.Nice is { } nice ? Invariant($"/usr/bin/nice -n {nice - OwnNice} ") : "";

    private static int OwnNice => GetPriority(0, 0);

    private static LaunchResult.Failed Refuse(string key, long value, string why) =>
        new(LaunchFailure.NotPermitted, Invariant($"limits.{key} cannot be set to {value}. {why}. Correct it, or take it out of the definition."));

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);

    private static unsafe ulong HardLimit(int resource)
    {
        var limit = stackalloc ulong[2];
        return GetLimit(resource, limit) == 0 ? limit[1] : ulong.MaxValue;
    }

    [LibraryImport("libc", EntryPoint = "getrlimit")]
    private static unsafe partial int GetLimit(int resource, ulong* limit);

    [LibraryImport("libc", EntryPoint = "getpriority")]
    private static partial int GetPriority(int which, int who);
}
