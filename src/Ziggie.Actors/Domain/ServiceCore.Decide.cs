using Ziggie.Actors.Domain.Configuration;
using Ziggie.Actors.Domain.Definitions;
using Ziggie.Processes;
using static Ziggie.Actors.Domain.ServiceEvents;
using static Ziggie.Actors.Domain.ServiceInputs;
using Effects = Ziggie.Actors.Domain.ServiceEffects;

namespace Ziggie.Actors.Domain;

public static partial class ServiceCore
{
    /// <summary>How long a restart waits for the port that the run before it held.</summary>
    public static readonly TimeSpan PortWait = TimeSpan.FromSeconds(2);

    /// <summary>What follows from an input. Facts and timers of a run that is no longer the current one bring nothing.</summary>
    public static Decision Decide(ServiceState state, ServiceInput input, Moment moment)
    {
        var step = new Step(state, moment);
        if (DaemonService.IsDaemon(state) && DaemonService.Decide(step, input)) return step.ToDecision();
        switch (input)
        {
            case Define c: DecideDefine(step, c); break;
            case Start c: DecideStart(step, c); break;
            case Stop c: DecideStop(step, c); break;
            case Restart c: DecideRestart(step, c); break;
            case SendSignal c: DecideSignal(step, c); break;
            case Remove c: DecideRemove(step, c); break;
            case DaemonStops: DecideDaemonStops(step); break;
            case DaemonStarted: DecideDaemonStarted(step); break;
            case DependenciesMet f: DecideDependenciesMet(step, f); break;
            case DependenciesPending f: DecideDependenciesPending(step, f); break;
            case WaitLimitReached f: DecideWaitLimit(step, f.Generation); break;
            case ScheduleDue f: DecideSchedule(step, f.Slot); break;
            case ServiceInputs.Launched f: DecideLaunched(step, f.Generation, f.Process, f.OutputFrom); break;
            case Found f: DecideFound(step, f); break;
            case ServiceInputs.LaunchFailed f: DecideLaunchFailed(step, f); break;
            case ServiceInputs.Exited f: DecideExited(step, f); break;
            case ServiceInputs.TreeGone f: DecideTreeGone(step, f.Generation, f.Killed); break;
            case ProbedReady f: DecideReady(step, f.Generation); break;
            case ReadyTimedOut f: DecideReadyTimedOut(step, f); break;
            case ProbedHealth f: DecideHealth(step, f); break;
            case LimitExceeded f: DecideLimitExceeded(step, f); break;
            case RestartDue f: DecideRestartDue(step, f.Generation); break;
            default: throw new ArgumentOutOfRangeException(nameof(input), input, "No rule for this input.");
        }
        return step.ToDecision();
    }

    private static void DecideDefine(Step step, Define c)
    {
        var before = step.State;
        var isNew = before.Definition is null;
        if (!isNew && DefinitionComparer.Same(before.Definition!, c.Definition) && Origins.OrDefault(before.Origin, "") == c.Origin)
        {
            step.Reply = new CommandReply.Done($"Service '{c.Definition.Name}' is already defined so.");
            return;
        }
        step.Add(new Defined(c.Definition, c.By, step.Now, c.Origin));
        var later = step.State.Run is { } run && !ReferenceEquals(run.Definition, c.Definition);
        if (!later && step.State.Run is { IsAlive: true, IsReady: true, StopCause: null } ready)
            step.Do(new Effects.WatchHealth(ready.Generation, ready.RunId, c.Definition, ready.StartedSinceBoot));
        if (!later && step.State.Run is { IsAlive: true, IsReady: false, StopCause: null } starting && CanWatchAnew(starting, before.Definition, c.Definition))
            step.Do(new Effects.WatchReady(starting.Generation, starting.RunId, c.Definition, starting.OutputFrom, IsAdopted: false));
        if (step.State is { Phase: Phase.Waiting, Desired: Desired.Up }) Launch(step, PortWait);
        if (c.TakesEffect && TakeEffect(step, before, c)) return;
        if (!isNew) Replan(step, before);
        step.Reply = new CommandReply.Done(isNew
            ? $"Service '{c.Definition.Name}' created."
            : $"Service '{c.Definition.Name}' updated{(later ? "; its process runs on as it is, a restart takes the change over" : "")}.");
    }

    /// <summary>
    /// Whether a run that is not ready yet is to be judged by a rule that has changed. By what it prints only where it is known where its
    /// output begins: before that are the lines of other runs.
    /// </summary>
    private static bool CanWatchAnew(Run run, ServiceDefinition? before, ServiceDefinition now) =>
        before is not null && before.EffectiveReady != now.EffectiveReady && (now.EffectiveReady.Probe is not Probe.Log || run.OutputFrom is not null);

    private static void DecideStart(Step step, Start c)
    {
        var state = step.State;
        if (state.Phase == Phase.Running && state.Run!.IsAlive)
        {
            step.Refuse(RefusalCode.AlreadyRunning, $"Service '{step.Name}' is already running (PID {state.Run.Process!.Pid}).");
            return;
        }
        // A start that is under way is joined.
        if (state.Desired == Desired.Up && (state.LaunchPending || state.Phase is Phase.Starting or Phase.Waiting)) return;
        step.Add(new WantedUp(Whys.Start, c.By, step.Now));
        LaunchWhenFree(step);
    }

    private static void DecideRestart(Step step, Restart c)
    {
        if (!IsRestartUnderWay(step.State)) RestartAnew(step, c.By, $"Restarted by {c.By}.");
    }

    private static void RestartAnew(Step step, string by, string reason)
    {
        step.Add(new WantedUp(Whys.Restart, by, step.Now));
        if (step.State.Run is { StopCause: null, Exit: null } run)
        {
            step.Add(new Stopping(run.Generation, StopCause.Restart, reason, step.Now));
            EndRun(step);
        }
        else
        {
            LaunchWhenFree(step);
        }
    }

    /// <summary>
    /// A person's restart that is not through yet is joined. A start that drags on is not: whoever restarts it wants it to begin anew.
    /// </summary>
    private static bool IsRestartUnderWay(ServiceState state) => state is { Desired: Desired.Up, WantedUpFor: Whys.Restart, Restarts: 0 }
        && (state.LaunchPending || state.Phase is Phase.Starting or Phase.Waiting);

    private static void DecideStop(Step step, Stop c)
    {
        var state = step.State;
        if (state.Run is null)
        {
            if (state.Desired == Desired.Down)
            {
                step.Refuse(RefusalCode.NotRunning, $"Service '{step.Name}' is not running.");
                return;
            }
            step.Add(new WantedDown(Whys.Stop, c.By, step.Now));
            step.Do(new Effects.CancelRestartTimer());
            step.Do(new Effects.CancelWaitLimit());
            return;
        }
        if (state.Desired == Desired.Up)
        {
            step.Add(new WantedDown(Whys.Stop, c.By, step.Now));
            step.Add(new Stopping(state.Run.Generation, StopCause.Wanted, $"Stopped by {c.By}.", step.Now));
            step.Do(new Effects.CancelRestartTimer());
            EndRun(step, c.Timeout, c.Force);
        }
        else if (c.Force || c.Timeout is not null)
        {
            EndRun(step, c.Timeout, c.Force);
        }
    }

    private static void DecideSignal(Step step, SendSignal c)
    {
        if (step.State.Run is not { IsAlive: true } run)
        {
            step.Refuse(RefusalCode.NotRunning, $"Service '{step.Name}' is not running, so there is nothing to signal.");
            return;
        }
        step.Do(new Effects.SendSignal(run.Generation, c.Signal, c.WholeTree));
        step.Reply = new CommandReply.Done(
            $"Sent {SignalNames.NameOf(c.Signal)} to {(c.WholeTree ? "every process of " : "")}'{step.Name}' (PID {run.Process!.Pid}).",
            run.Process.Pid);
    }

    private static void DecideRemove(Step step, Remove c)
    {
        var state = step.State;
        if (state.Run is null)
        {
            Remove(step, c.By);
        }
        else if (!c.Force)
        {
            step.Refuse(RefusalCode.AlreadyRunning, state.Run.Process is { } process
                ? $"Service '{step.Name}' is running (PID {process.Pid}). Stop it first, or remove it with force=true."
                : $"Service '{step.Name}' is starting. Stop it first, or remove it with force=true.");
        }
        else
        {
            step.Add(new WantedDown(Whys.Remove, c.By, step.Now));
            if (state.Run.StopCause is not StopCause.Wanted)
                step.Add(new Stopping(state.Run.Generation, StopCause.Wanted, $"Removed by {c.By}.", step.Now));
            EndRun(step);
        }
    }

    private static void Remove(Step step, string by)
    {
        step.Add(new Removed(by, step.Now));
        step.Do(new Effects.CancelRestartTimer());
        step.Do(new Effects.CancelWaitLimit());
        step.Do(new Effects.Drop());
    }

    private static void DecideDaemonStops(Step step)
    {
        step.Do(new Effects.CancelRestartTimer());
        step.Do(new Effects.CancelWaitLimit());
        if (step.State.Run is not { } run) return;
        if (run.StopCause is not StopCause.Daemon)
            step.Add(new Stopping(run.Generation, StopCause.Daemon, "The daemon stops.", step.Now));
        EndRun(step);
    }

    private static void DecideDaemonStarted(Step step)
    {
        if (step.State is not { Definition: { } definition, IsRemoved: false } state) return;
        if (state is { Run: { StopCause: StopCause.Daemon } interrupted, Desired: Desired.Up })
        {
            // The last daemon was killed while it stopped this run: its end goes on, and then the service comes up again.
            step.Add(new WantedUp(Whys.Resume, state.DesiredBy ?? "daemon", step.Now));
            step.Add(new Stopping(interrupted.Generation, StopCause.Restart, "Starts anew with the daemon.", step.Now));
            state = step.State;
        }
        if (state.Run is { Exit: null } run)
        {
            step.Do(new Effects.FindRun(run.Generation, run.RunId, run.Process, run.Definition));
        }
        else if (state.Run is not null)
        {
            // It ended, but the daemon died before it knew that nothing of it was left.
            step.Do(new Effects.OpenOutput(state.Run.Generation, state.Run.Definition));
            EndRun(step);
        }
        else if (state.RemovePending)
        {
            Remove(step, state.DesiredBy ?? "daemon");
        }
        else if (state.DesiredBy is null ? definition.Autostart : ShouldStartWithDaemon(step))
        {
            if (state.DesiredBy is null || definition.Autostart && state.Phase is Phase.Completed or Phase.Failed)
                step.Add(new WantedUp(Whys.Autostart, "daemon", step.Now));
            Launch(step, TimeSpan.Zero);
        }
        else if (state.NextRestartSinceBoot is { } due)
        {
            step.Do(new Effects.SetRestartTimer(state.Generation, Max(TimeSpan.Zero, TimeUntilRestart(state, step.Moment, due))));
        }
    }

    /// <summary>By the clock that nobody sets; after another boot that began anew, and the wall clock must do.</summary>
    private static TimeSpan TimeUntilRestart(ServiceState state, Moment moment, TimeSpan due)
    {
        if (state.LastBootId == moment.BootId || state.NextRestartAt is not { } at) return due - moment.SinceBoot;
        var longest = state.Definition!.Restart.RetryEvery ?? TimeSpan.Zero;
        return at - moment.Now < longest ? at - moment.Now : longest;
    }

    /// <summary>
    /// What was up when the daemon stopped comes up again. What had ended or failed by itself stays so, unless the machine was
    /// started anew and the service starts with it. A planned restart keeps its time, or is due when the machine was started anew.
    /// </summary>
    private static bool ShouldStartWithDaemon(Step step)
    {
        var state = step.State;
        if (state.Desired == Desired.Down) return false;
        var isNewBoot = state.LastBootId != step.Moment.BootId;
        return state.Phase switch
        {
            Phase.Completed or Phase.Failed => isNewBoot && state.Definition!.Autostart,
            Phase.Backoff => isNewBoot,
            _ => true,
        };
    }

    private static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;
}
