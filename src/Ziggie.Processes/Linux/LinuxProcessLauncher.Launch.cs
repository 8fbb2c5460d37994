using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Ziggie.Processes.Linux;

internal sealed partial class LinuxProcessLauncher
{
    /// <summary>Shorter than the kernel lets a lease hold somebody up (/proc/sys/fs/lease-break-time), and far longer than a launch takes.</summary>
    private static readonly TimeSpan LeaseLimit = TimeSpan.FromSeconds(30);

    public LaunchResult Launch(ProcessSpec spec)
    {
        var (plan, refusal) = LaunchPlan.Make(spec);
        if (plan is null) return refusal!;

        if (spec.IsKept) _keeper?.Launching();
        try
        {
            return LaunchGated(plan, spec);
        }
        finally
        {
            if (spec.IsKept) _keeper?.Launched();
        }
    }

    private LaunchResult LaunchGated(LaunchPlan plan, ProcessSpec spec)
    {
        _watcher.SpawnGate.EnterReadLock();
        try
        {
            if (plan.CheckUser(RunToEnd) is { } forbidden) return forbidden;
            // A service must not be killed right after its start for want of a descriptor to hold it by.
            if (!HasRoomForDescriptors(out var shortage)) return Refusal.Shortage(shortage);
            if (spec.Limits?.AreOfProcess == true && !BirthGate.IsThere) return Refusal.NoLimitsHere(BirthGate.WhyMissing);
            if (_cgroups?.Prepare(spec.RunId, spec.Limits) is { } sentence)
            {
                _cgroups.Remove(spec.RunId);
                return Refusal.LimitRefused(sentence);
            }
            var result = BirthGate.IsThere ? LaunchHeld(plan, spec) : LaunchThenHold(plan, spec);
            if (result is LaunchResult.Failed) _cgroups?.Remove(spec.RunId);
            return result;
        }
        catch (OutOfMemoryException)
        {
            // So the runtime says that it got no thread.
            _cgroups?.Remove(spec.RunId);
            return Refusal.Shortage(Native.EAGAIN);
        }
        finally
        {
            _watcher.SpawnGate.ExitReadLock();
        }
    }

    /// <summary>
    /// The child is held, and has its limits, before it becomes the program; when this process dies before that, it ends. Its pass says to
    /// the next daemon that it has been the program.
    /// </summary>
    private LaunchResult LaunchHeld(LaunchPlan plan, ProcessSpec spec)
    {
        // A service must not stay down because there is no room for a file.
        var pass = spec.IsKept && _marks?.TryPrepare(spec.RunId) == true ? _marks.PathOf(spec.RunId) : null;
        LinuxProcess? process = null;
        LaunchResult.Failed? refusal = null;
        var began = Stopwatch.GetTimestamp();
        var (error, birth) = BirthGate.Pass(
            barrier => (SpawnHere(plan, new Approach(barrier, pass, Mark: null), isOwnThread: true, out var pid), pid),
            child =>
            {
                (process, refusal) = Admit(spec, child);
                if (refusal is null && pass is not null && !_marks!.TryGive(spec.RunId)) refusal = Refusal.Shortage(Native.ENOSPC);
                if (refusal is not null) child.Kill();
            });
        if (birth is not null)
        {
            if (refusal is null && (error = _watcher.Watch(process!)) == 0) return new LaunchResult.Launched(process!);
            birth.Kill();
            Native.Wait(Native.WaitForPid, birth.Pid, Native.WaitExited, out _);
            birth.Pidfd?.Dispose();
            refusal ??= Refusal.Shortage(error);
        }
        if (process is not null) Unhold(process);
        _marks?.Remove(spec.RunId);
        // This process stood still while the child was at the gate, so the kernel let it go on, and it found no pass.
        if (error == Native.ENOENT && pass is not null && Stopwatch.GetElapsedTime(began) > LeaseLimit) error = Native.EAGAIN;
        return refusal ?? Explain(plan, error);
    }

    private (LinuxProcess? Process, LaunchResult.Failed? Refusal) Admit(ProcessSpec spec, BirthGate.Birth child)
    {
        if (child.Pidfd is not { } pidfd) return (null, Refusal.Shortage(child.Error));
        _cgroups?.Join(spec.RunId, child.Pid);
        if (spec.Limits is { } limits && LaunchLimits.Apply(child.Pid, limits) is { } refusal) return (null, refusal);
        return (Hold(spec, child.Pid, child.Stat, pidfd), null);
    }

    /// <summary>
    /// Where children cannot be held at birth. What is not covered then: one that ends, together with this process, in the microseconds
    /// before it is held, of which its mark alone is left.
    /// </summary>
    private LaunchResult LaunchThenHold(LaunchPlan plan, ProcessSpec spec)
    {
        var mark = spec.IsKept ? _marks?.PathOf(spec.RunId) : null;
        var (error, pid) = Spawn(plan, mark);
        // A service must not stay down because its mark cannot be made, on a full disk for example.
        if (error != 0 && mark is not null && !_marks!.Has(spec.RunId)) (error, pid) = Spawn(plan, mark: null);
        if (error != 0)
        {
            _marks?.Remove(spec.RunId);
            return Explain(plan, error);
        }
        // Nobody has reaped the child, so it can be held and its line is there even if it has ended already.
        var pidfd = SafePidfd.Open(pid, out error);
        LinuxProcess? process = null;
        if (pidfd is not null && StatOf(pid) is { } stat)
        {
            process = Hold(spec, pid, stat, pidfd);
            error = _watcher.Watch(process);
            if (error == 0) return new LaunchResult.Launched(process);
        }
        // Unreaped, so the PID is its own; only as PID 1 it may have been reaped, and then there is the descriptor or nothing safe to do.
        if (pidfd?.Signal(SignalNames.Kill) != true && Environment.ProcessId != 1) Native.Kill(pid, SignalNames.Kill);
        Native.Wait(Native.WaitForPid, pid, Native.WaitExited, out _);
        if (process is not null) Unhold(process);
        pidfd?.Dispose();
        _marks?.Remove(spec.RunId);
        return Refusal.Shortage(error == 0 ? Native.EMFILE : error);
    }

    private static ProcStat? StatOf(int pid)
    {
        try
        {
            return ProcFs.Stat(pid);
        }
        catch (IOException)
        {
            return null; // no descriptor left to look with
        }
    }

    private (int Error, int Pid) Spawn(LaunchPlan plan, string? mark)
    {
        var approach = new Approach(Gate: null, Pass: null, mark);
        var (error, pid) = (0, 0);
        if (plan.Umask is null) return (SpawnHere(plan, approach, isOwnThread: false, out pid), pid);
        var thread = new Thread(() => error = SpawnHere(plan, approach, isOwnThread: true, out pid));
        thread.Start();
        thread.Join();
        return (error, pid);
    }

    /// <summary>
    /// A thread of its own gets an umask of its own, which the child inherits. Where a container's filter forbids that, a shell between sets
    /// it; shells drop variables whose names are not identifiers, so it is only the second choice.
    /// </summary>
    private static int SpawnHere(LaunchPlan plan, Approach approach, bool isOwnThread, out int pid)
    {
        var hasOwnUmask = isOwnThread && plan.Umask is not null && Native.UnshareFileSystemState();
        var before = hasOwnUmask ? Native.SetUmask((uint)plan.Umask!.Value) : 0;
        var spawn = plan.ToSpawn(umaskByShell: plan.Umask is not null && !hasOwnUmask);
        var error = (spawn with { Gate = approach.Gate, Pass = approach.Pass, Mark = approach.Mark }).Start(out pid);
        if (hasOwnUmask) Native.SetUmask(before);
        return error;
    }

    private LinuxProcess Hold(ProcessSpec spec, int pid, ProcStat stat, SafePidfd pidfd)
    {
        var identity = new ProcessIdentity(pid, stat.StartTime, ProcFs.BootId);
        return Hold(identity, spec.RunId, pidfd, stat.StartTime, spec.IsKept, spec.StandardOutput, spec.StandardError);
    }

    /// <summary>It has never been the program, or was killed right away: nobody shall hear of it.</summary>
    private void Unhold(LinuxProcess process)
    {
        _keeper?.Forget(process.RunId);
        process.Dispose();
    }

    /// <summary>Runs a helper for a moment; under the spawn gate, so that nobody else reaps it.</summary>
    private static (int Error, ExitStatus Exit) RunToEnd(PosixSpawn helper)
    {
        if (Environment.ProcessId == 1 && BirthGate.IsThere)
        {
            // The runtime reaps each child of PID 1 at once, whose ever it is.
            var (failure, birth) = BirthGate.Pass(gate => ((helper with { Gate = gate }).Start(out var child), child));
            if (birth is null) return (failure, ExitStatus.Unknown);
            using var pidfd = birth.Pidfd;
            return birth.Pidfd is null ? (birth.Error, ExitStatus.Unknown) : (0, pidfd!.Use(WaitFor, ExitStatus.Unknown));
        }
        var error = helper.Start(out var pid);
        if (error != 0) return (error, ExitStatus.Unknown);
        return Native.Wait(Native.WaitForPid, pid, Native.WaitExited, out var result) == 0 ? (0, result.Status) : (0, ExitStatus.Unknown);
    }

    /// <summary>The end of a child that the runtime may reap meanwhile; the wait ends then too.</summary>
    private static ExitStatus WaitFor(int pidfd)
    {
        if (Native.Wait(Native.WaitForPidfd, pidfd, Native.WaitExited, out var result) == 0) return result.Status;
        return Native.ReapedStatus(pidfd) is { } status ? ExitStatus.FromWaitStatus(status) : ExitStatus.Unknown;
    }

    private static bool HasRoomForDescriptors(out int error)
    {
        Span<int> spares = [-1, -1, -1];
        error = 0;
        for (var index = 0; index < spares.Length && error == 0; index++)
        {
            spares[index] = Native.EventDescriptor(0, Native.EventCloseOnExec);
            if (spares[index] < 0) error = Marshal.GetLastPInvokeError();
        }
        foreach (var spare in spares)
        {
            if (spare >= 0) Native.Close(spare);
        }
        return error == 0;
    }

    /// <summary>posix_spawn tells the error, not the step: what could be checked before has passed, but may have changed since.</summary>
    private static LaunchResult.Failed Explain(LaunchPlan plan, int error)
    {
        if (Native.IsShortage(error)) return Refusal.Shortage(error);
        return Native.KindOf(plan.Folder) == Native.FileKind.Folder
            ? ProgramFile.Explain(plan.Program, error)
            : Refusal.FolderMissing(plan.Folder);
    }

    /// <summary>What a child meets on its way to becoming the program.</summary>
    private sealed record Approach(PosixSpawn.Barrier? Gate, string? Pass, string? Mark);
}
