using System.Runtime.InteropServices;

namespace Ziggie.Processes.Linux;

internal sealed partial class LinuxProcessLauncher
{
    public IServiceProcess? Adopt(ProcessIdentity identity, string runId)
    {
        if (identity.Pid == Environment.ProcessId || identity.BootId != ProcFs.BootId) return null;

        // Whoever held it here has begun anew, after a store that failed for example: how it ended is known here and nowhere else.
        if (_byRun.TryGetValue(runId, out var own) && own.Identity == identity) return own;
        if (_keeper?.Take(runId) is { } kept) return AdoptKept(identity, runId, kept);

        // The descriptor first: it then holds whatever had the PID at that moment, and the look after it says whether that is the one.
        var pidfd = SafePidfd.Open(identity.Pid, out var error);
        if (pidfd is null) return Native.IsShortage(error) ? throw CannotTell(identity.Pid, error) : null;
        LinuxProcess? process = null;
        try
        {
            var now = Native.TicksSinceBoot();
            if (ProcFs.Stat(identity.Pid)?.StartTime == identity.StartTime)
            {
                process = Hold(identity, runId, pidfd, now, isKept: true);
                var refused = _watcher.Watch(process);
                return refused == 0 ? process : throw CannotTell(identity.Pid, refused);
            }
        }
        catch (IOException)
        {
            process?.Dispose();
            pidfd.Dispose();
            throw;
        }
        pidfd.Dispose();
        return null;
    }

    /// <summary>Held without a break since its launch, so there is no doubt who it is; if it has ended, it will say how.</summary>
    private LinuxProcess AdoptKept(ProcessIdentity identity, string runId, SafePidfd kept)
    {
        var now = Native.TicksSinceBoot();
        var holdsNumber = ProcFs.Stat(identity.Pid)?.StartTime == identity.StartTime;
        var process = Hold(identity, runId, kept, holdsNumber ? now : identity.StartTime, isKept: true);
        var refused = _watcher.Watch(process);
        if (refused == 0) return process;
        process.Dispose();
        throw CannotTell(identity.Pid, refused);
    }

    public void ForgetUnclaimed() => _keeper?.ForgetUnclaimed();

    private static IOException CannotTell(int pid, int error) =>
        new($"Process {pid} cannot be held now: {Marshal.GetPInvokeErrorMessage(error)} (error {error}). Try again later.");
}
