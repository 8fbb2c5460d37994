using Akka.Actor;
using Akka.Event;
using Ziggie.Actors.Domain;
using Ziggie.Processes;
using Effects = Ziggie.Actors.Domain.ServiceEffects;
using Inputs = Ziggie.Actors.Domain.ServiceInputs;

namespace Ziggie.Actors.Services;

/// <summary>How a run comes to its end: the main process, then whatever it left behind, then its last output.</summary>
internal sealed partial class ProcessRunner
{
    private const int Continue = 18;

    /// <summary>Output is moved within milliseconds; a disk that hangs must not hide that a process has ended.</summary>
    private static readonly TimeSpan DrainLimit = TimeSpan.FromMilliseconds(500);

    private void OnMainExited(MainExited exited)
    {
        if (_run is not { } run || run.Generation != exited.Generation || run.Exit is not null) return;
        TellMemoryLimit(run);
        var isAlone = FindTree(run).Count == 0;
        run.Exit = exited.Status;
        if (!isAlone || run.Killed.Count > 0) TellExit(run, isTreeGone: false);
        if (isAlone) Drain(run);
        else if (run.IsEnding) ScheduleCheck(run);
    }

    /// <summary>Before the exit, which would otherwise be a SIGKILL from nowhere: the kernel ended the run at its limit.</summary>
    private void TellMemoryLimit(CurrentRun run)
    {
        if (run.IsEnding || _runtime.Launcher.UsageOf(run.RunId) is not { OutOfMemory: true }) return;
        var limit = _runtime.Feed.Current.Services.GetValueOrDefault(run.Service)?.Definition.Limits?.MaxMemory;
        _service.Tell(new Inputs.LimitExceeded(run.Generation, ServiceCore.MemoryExceeded(limit)));
    }

    private void End(Effects.EndRun end)
    {
        if (_run?.Generation != end.Generation)
        {
            // The main process ended under an earlier daemon; what it left behind may still be there.
            _run = new CurrentRun(end.Generation, end.RunId, end.Process, null) { Exit = ExitStatus.Unknown, IsExitTold = true };
        }
        var run = _run;
        var deadline = _runtime.Moments.Take().SinceBoot + end.Timeout;
        if (end.Force)
        {
            Kill(run);
            run.IsEnding = true;
        }
        else
        {
            if (!run.IsEnding)
            {
                // A stopped process does not see the signal before it is continued.
                _runtime.Launcher.SignalTree(run.RunId, run.Identity, end.Signal == SignalNames.Kill ? [end.Signal] : [end.Signal, Continue]);
                run.IsEnding = true;
            }
            if (deadline < run.Deadline)
            {
                run.Deadline = deadline;
                Timers.StartSingleTimer("end", new EndTimeout(run.Generation), end.Timeout);
            }
        }
        if (run.Exit is not null) CheckTree(run.Generation);
    }

    private void OnEndTimeout(long generation)
    {
        if (_run is { IsEnding: true } run && run.Generation == generation) Kill(run);
    }

    private void Kill(CurrentRun run)
    {
        run.IsKilling = true;
        run.Killed.UnionWith(FindTree(run));
        _runtime.Launcher.SignalTree(run.RunId, run.Identity, SignalNames.Kill);
        ScheduleCheck(run);
    }

    /// <summary>
    /// The main process reports its own end; its descendants are nobody's children whom the kernel would tell about, so they are
    /// looked for, ever more seldom.
    /// </summary>
    private void ScheduleCheck(CurrentRun run)
    {
        var pause = TimeSpan.FromMilliseconds(Math.Min(500, 5 << Math.Min(run.Checks++, 8)));
        Timers.StartSingleTimer("check", new TreeCheck(run.Generation), pause);
    }

    private void CheckTree(long generation)
    {
        if (_run is not { } run || run.Generation != generation || run.IsDraining) return;
        var left = FindTree(run);
        if (run.IsKilling && left.Count > 0)
        {
            run.Killed.UnionWith(left);
            _runtime.Launcher.SignalTree(run.RunId, run.Identity, SignalNames.Kill);
            if (run.Checks == 12) _log.Warning("Processes {0} do not end although they were killed.", string.Join(", ", left));
        }
        if (left.Count == 0 && run.Exit is not null) Drain(run);
        else if (run.IsEnding) ScheduleCheck(run);
    }

    private IReadOnlyList<int> FindTree(CurrentRun run) => _runtime.Launcher.FindTree(run.RunId, run.Identity);

    private void Drain(CurrentRun run)
    {
        if (run.IsDraining) return;
        run.IsDraining = true;
        _logWriter.Tell(new OutputProtocol.Drain(run.Generation));
        Timers.StartSingleTimer("drain", new DrainTimeout(run.Generation), DrainLimit);
    }

    private void OnDrained(long generation)
    {
        if (_run is not { IsDraining: true } run || run.Generation != generation) return;
        Timers.CancelAll();
        _run = null;
        CloseSocket();
        run.Process?.Dispose();
        if (!run.IsExitTold) TellExit(run, isTreeGone: true);
        else _service.Tell(new Inputs.TreeGone(generation, run.Killed.Count));
    }

    private void TellExit(CurrentRun run, bool isTreeGone)
    {
        if (run.IsExitTold) return;
        run.IsExitTold = true;
        _service.Tell(new Inputs.Exited(run.Generation, run.Exit!, isTreeGone));
    }
}
