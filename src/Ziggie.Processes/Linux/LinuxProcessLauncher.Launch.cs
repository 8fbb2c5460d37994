using System.Runtime.InteropServices;

namespace Ziggie.Processes.Linux;

internal sealed partial class LinuxProcessLauncher
{
    public LaunchResult Launch(ProcessSpec spec)
    {
        var (plan, refusal) = LaunchPlan.Make(spec);
        if (plan is null) return refusal!;

        if (spec.IsKept) _keeper?.Launching();
        _watcher.SpawnGate.EnterReadLock();
        try
        {
            if (plan.CheckUser(RunToEnd) is { } forbidden) return forbidden;
            // The kernel has no call that makes a child and its pidfd in one step through posix_spawn, so room for the descriptors is
            // made sure of before: a service must not be killed right after its start for want of one.
            if (!HasRoomForDescriptors(out var shortage)) return Refusal.Shortage(shortage);
            if (spec.Limits?.AreOfProcess == true && !BirthGate.IsThere)
                return Refusal.NoLimitsHere(BirthGate.WhyMissing);
            if (_cgroups?.Prepare(spec.RunId, spec.Limits) is { } sentence)
            {
                _cgroups.Remove(spec.RunId);
                return Refusal.LimitRefused(sentence);
            }
            var mark = spec.IsKept ? _marks?.PathOf(spec.RunId) : null;
            var (error, child, unlimited) = Spawn(plan, spec, mark);
            // A service must not stay down because its mark cannot be made, on a full disk for example.
            if (child is null && mark is not null && !_marks!.Has(spec.RunId)) (error, child, unlimited) = Spawn(plan, spec, mark: null);
            if (child is not null && unlimited is null) return Take(spec, child);
            if (child is not null) Abandon(child);
            _marks?.Remove(spec.RunId);
            _cgroups?.Remove(spec.RunId);
            return unlimited ?? Explain(plan, error);
        }
        finally
        {
            _watcher.SpawnGate.ExitReadLock();
            if (spec.IsKept) _keeper?.Launched();
        }
    }

    private (int Error, BirthGate.Birth? Child, LaunchResult.Failed? Unlimited) Spawn(LaunchPlan plan, ProcessSpec spec, string? mark)
    {
        try
        {
            return SpawnAnyhow(plan, spec, mark);
        }
        catch (OutOfMemoryException)
        {
            // So the runtime says that it got no thread.
            return (Native.EAGAIN, null, null);
        }
    }

    private (int Error, BirthGate.Birth? Child, LaunchResult.Failed? Unlimited) SpawnAnyhow(LaunchPlan plan, ProcessSpec spec, string? mark)
    {
        if (BirthGate.IsNeeded || NeedsGate(spec))
        {
            LaunchResult.Failed? unlimited = null;
            var (failure, born) = BirthGate.Pass(
                gate => SpawnHere(plan, gate, mark, isOwnThread: true, out _), child => unlimited = Limit(spec, child));
            return (failure, born, unlimited);
        }
        var (error, pid) = (0, 0);
        if (plan.Umask is null)
        {
            error = SpawnHere(plan, gate: null, mark, isOwnThread: false, out pid);
        }
        else
        {
            var thread = new Thread(() => error = SpawnHere(plan, gate: null, mark, isOwnThread: true, out pid));
            thread.Start();
            thread.Join();
        }
        return error == 0 ? (0, Hold(pid), null) : (error, null, null);
    }

    private bool NeedsGate(ProcessSpec spec) => BirthGate.IsThere && (spec.Limits?.AreOfProcess == true || _cgroups is not null);

    /// <summary>Null when the child has its limits; else it will never be the program.</summary>
    private LaunchResult.Failed? Limit(ProcessSpec spec, BirthGate.Birth child)
    {
        _cgroups?.Join(spec.RunId, child.Pid);
        if (spec.Limits is not { } limits || LaunchLimits.Apply(child.Pid, limits) is not { } refusal) return null;
        if (child.Pidfd?.Signal(SignalNames.Kill) != true) Native.Kill(child.Pid, SignalNames.Kill);
        return refusal;
    }

    /// <summary>
    /// A thread of its own gets an umask of its own, which the child inherits. Where a container's filter forbids that, a shell between sets
    /// it; shells drop variables whose names are not identifiers, so it is only the second choice.
    /// </summary>
    private static int SpawnHere(LaunchPlan plan, string? gate, string? mark, bool isOwnThread, out int pid)
    {
        var hasOwnUmask = isOwnThread && plan.Umask is not null && Native.UnshareFileSystemState();
        if (hasOwnUmask) Native.SetUmask((uint)plan.Umask!.Value);
        return (plan.ToSpawn(umaskByShell: plan.Umask is not null && !hasOwnUmask) with { Gate = gate, Mark = mark }).Start(out pid);
    }

    /// <summary>Nobody has reaped the child, so it can be held and its line is there even if it has ended already.</summary>
    private static BirthGate.Birth Hold(int pid)
    {
        var pidfd = SafePidfd.Open(pid, out var error);
        try
        {
            return new BirthGate.Birth(pid, pidfd, error, ProcFs.Stat(pid));
        }
        catch (IOException)
        {
            return new BirthGate.Birth(pid, pidfd, Native.EMFILE, null);
        }
    }

    private LaunchResult Take(ProcessSpec spec, BirthGate.Birth child)
    {
        var error = child.Error;
        if (child is { Pidfd: { } pidfd, Stat: { } stat })
        {
            var identity = new ProcessIdentity(child.Pid, stat.StartTime, ProcFs.BootId);
            var process = Hold(identity, spec.RunId, pidfd, stat.StartTime, spec.IsKept, spec.StandardOutput, spec.StandardError);
            error = _watcher.Watch(process);
            if (error == 0) return new LaunchResult.Launched(process);
            Release(process);
        }
        Abandon(child);
        return Refusal.Shortage(error);
    }

    /// <summary>Runs a helper for a moment; under the spawn gate, so that nobody else reaps it.</summary>
    private static (int Error, ExitStatus Exit) RunToEnd(PosixSpawn helper)
    {
        if (BirthGate.IsNeeded)
        {
            var (failure, birth) = BirthGate.Pass(gate => (helper with { Gate = gate }).Start(out _));
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

    /// <summary>Ends a child that cannot be watched.</summary>
    private static void Abandon(BirthGate.Birth child)
    {
        using var pidfd = child.Pidfd;
        // Unreaped, so the PID is its own; only as PID 1 it may have been reaped, and then there is the descriptor or nothing safe to do.
        if (pidfd is not null) pidfd.Signal(SignalNames.Kill);
        else if (Environment.ProcessId != 1) Native.Kill(child.Pid, SignalNames.Kill);
        Native.Wait(Native.WaitForPid, child.Pid, Native.WaitExited, out _);
    }

    /// <summary>posix_spawn tells the error, not the step: what could be checked before has passed, but may have changed since.</summary>
    private static LaunchResult.Failed Explain(LaunchPlan plan, int error)
    {
        if (Native.IsShortage(error)) return Refusal.Shortage(error);
        return Native.KindOf(plan.Folder) == Native.FileKind.Folder
            ? ProgramFile.Explain(plan.Program, error)
            : Refusal.FolderMissing(plan.Folder);
    }
}
