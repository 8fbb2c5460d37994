namespace Ziggie.Processes.Linux;

internal sealed partial class LinuxProcessLauncher
{
    public IServiceProcess? Adopt(ProcessIdentity identity, string runId)
    {
        if (identity.Pid == Environment.ProcessId || identity.BootId != ProcFs.BootId) return null;

        if (_keeper?.Take(runId) is { } kept) return AdoptKept(identity, runId, kept);

        // The descriptor first: it then holds whatever had the PID at that moment, and the look after it says whether that is the one.
        var pidfd = SafePidfd.Open(identity.Pid, out var error);
        if (pidfd is null) return Native.IsShortage(error) ? throw CannotTell(identity.Pid) : null;
        LinuxProcess? process = null;
        try
        {
            var now = Native.TicksSinceBoot();
            if (ProcFs.Stat(identity.Pid)?.StartTime == identity.StartTime)
            {
                process = Hold(identity, runId, pidfd, now, isKept: true);
                if (_watcher.Watch(process) != 0) throw CannotTell(identity.Pid);
                return process;
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
        if (_watcher.Watch(process) == 0) return process;
        process.Dispose();
        throw CannotTell(identity.Pid);
    }

    public void ForgetUnclaimed() => _keeper?.ForgetUnclaimed();

    private static IOException CannotTell(int pid) =>
        new($"Process {pid} cannot be taken back now: the daemon is out of file descriptors or memory. Try again later.");
}
