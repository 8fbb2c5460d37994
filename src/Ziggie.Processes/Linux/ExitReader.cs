using System.Runtime.Versioning;

namespace Ziggie.Processes.Linux;

/// <summary>How a process ended.</summary>
/// <param name="Exit">The status, or <see cref="ExitStatus.Unknown"/>.</param>
/// <param name="WasOwnChild">Whether this process reaped it, so that its PID was held up to that moment.</param>
[SupportedOSPlatform("linux")]
internal sealed record ExitReading(ExitStatus Exit, bool WasOwnChild);

/// <summary>Finds out how a process ended, whose child it may be, from the three places that know.</summary>
[SupportedOSPlatform("linux")]
internal static class ExitReader
{
    /// <summary>Reaps an own child. Null when the process has not ended, or may not be waited for yet.</summary>
    public static ExitReading? Read(int pidfd, ProcessIdentity identity)
    {
        var error = Native.Wait(Native.WaitForPidfd, pidfd, Native.WaitExited | Native.WaitNoHang, out var result);
        if (error == 0) return result.Pid == 0 ? null : new ExitReading(result.Status, WasOwnChild: true);

        // Not a child, or one that the runtime reaped (it takes every child if SIGCHLD was ignored when it started, or as PID 1).
        // Its parent may reap it between any two of these looks, hence the second look at the last place.
        if (Native.ReapedStatus(pidfd) is { } reaped) return NotOurs(ExitStatus.FromWaitStatus(reaped));
        var stat = StatOf(identity);
        if (stat is { IsZombie: false }) return null;
        if (stat is { } zombie) return NotOurs(MayReadStatus(identity.Pid) ? ExitStatus.FromWaitStatus(zombie.ExitCode) : ExitStatus.Unknown);
        return NotOurs(Native.ReapedStatus(pidfd) is { } late ? ExitStatus.FromWaitStatus(late) : ExitStatus.Unknown);
    }

    private static ExitReading NotOurs(ExitStatus status) => new(status, WasOwnChild: false);

    private static ProcStat? StatOf(ProcessIdentity identity) =>
        ProcFs.Stat(identity.Pid) is { } stat && stat.StartTime == identity.StartTime ? stat : null;

    /// <summary>Who may not know the exit code is shown 0 in its place, which must not be taken for a clean exit.</summary>
    private static bool MayReadStatus(int pid)
    {
        var own = Native.EffectiveUser();
        return own == 0 || ProcFs.OwnerOf(pid) == own;
    }
}
