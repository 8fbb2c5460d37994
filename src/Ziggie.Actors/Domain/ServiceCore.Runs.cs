using Ziggie.Actors.Domain.Definitions;
using Ziggie.Processes;
using static Ziggie.Actors.Domain.ServiceEvents;
using static Ziggie.Actors.Domain.ServiceInputs;
using Effects = Ziggie.Actors.Domain.ServiceEffects;

namespace Ziggie.Actors.Domain;

/// <summary>What follows from the facts of a run.</summary>
public static partial class ServiceCore
{
    /// <summary>Launches at once when nothing of an earlier run is left; otherwise the end of that run does.</summary>
    private static void LaunchWhenFree(Step step)
    {
        step.Do(new Effects.CancelRestartTimer());
        if (step.State.Run is null) Launch(step, TimeSpan.Zero);
    }

    private static void Launch(Step step, TimeSpan portWait)
    {
        var state = step.State;
        if (state.Definition!.DependsOn.IsEmpty)
        {
            LaunchNow(step, portWait);
            return;
        }
        if (!state.LaunchPending && state.NextRestartSinceBoot is null) step.Add(new Waiting("Waiting for what it depends on.", null, step.Now));
        step.Do(new Effects.AskDependencies(state.Generation, state.Definition, portWait));
    }

    private static void LaunchNow(Step step, TimeSpan portWait)
    {
        var generation = step.State.Generation + 1;
        step.Add(new Launching(generation, step.Moment.NewRunId, step.Now));
        step.Do(new Effects.Launch(generation, step.Moment.NewRunId, step.State.Definition!, portWait));
    }

    private static void EndRun(Step step, TimeSpan? timeout = null, bool force = false)
    {
        // While the launch is under way there is nothing to end yet; its outcome brings the end.
        if (step.State.Run is not { } run || (run.Process is null && run.Exit is null)) return;
        var stop = step.State.Definition?.Stop ?? run.Definition.Stop;
        step.Do(new Effects.StopWatching());
        step.Do(new Effects.EndRun(run.Generation, run.RunId, run.Process, stop.Signal, timeout ?? stop.Timeout, force));
    }

    private static void DecideLaunched(Step step, long generation, ProcessIdentity process, OutputStart? outputFrom, bool isAdopted = false)
    {
        if (!IsCurrent(step.State, generation)) return;
        if (step.State.Run!.Process is null)
            step.Add(new ServiceEvents.Launched(generation, process, step.Moment.SinceBoot, step.Now) { OutputFrom = outputFrom });
        WatchOrEnd(step, isAdopted);
    }

    private static void DecideFound(Step step, Found f) => DecideLaunched(step, f.Generation, f.Process, null, isAdopted: true);

    private static void WatchOrEnd(Step step, bool isAdopted)
    {
        var run = step.State.Run!;
        if (run.StopCause is not null) EndRun(step);
        else if (run.IsReady) step.Do(new Effects.WatchHealth(run.Generation, run.RunId, run.Definition, run.StartedSinceBoot));
        else step.Do(new Effects.WatchReady(run.Generation, run.RunId, run.Definition, run.OutputFrom, isAdopted));
    }

    private static void DecideLaunchFailed(Step step, ServiceInputs.LaunchFailed f)
    {
        if (!IsCurrent(step.State, f.Generation)) return;
        var wasRestart = step.State.Restarts > 0;
        var wasStopping = step.State.Run!.StopCause;
        step.Add(new ServiceEvents.LaunchFailed(f.Generation, f.Failure, f.Message, step.Now));
        if (step.State.RemovePending)
        {
            Remove(step, step.State.DesiredBy ?? "daemon");
            return;
        }
        if (wasStopping == StopCause.Daemon || step.State.Desired == Desired.Down) return;
        if (step.State.LaunchPending || f.Failure == LaunchFailure.Interrupted)
        {
            Launch(step, PortWait);
            return;
        }
        // A person who started it is told and may act; what passes by itself is tried again when the rules started it.
        if (f.Failure != LaunchFailure.Resources && !(wasRestart && f.Failure == LaunchFailure.PortInUse)) return;
        PlanRestart(step, f.Message, isSuccess: false);
        ArmRestart(step);
    }

    private static void DecideExited(Step step, ServiceInputs.Exited f)
    {
        if (!IsCurrent(step.State, f.Generation) || step.State.Run!.Exit is not null) return;
        var wasStopping = step.State.Run.StopCause is not null;
        step.Add(new ServiceEvents.Exited(f.Generation, f.Status.Code, f.Status.Signal, step.Moment.SinceBoot, step.Now));
        step.Do(new Effects.StopWatching());
        if (!wasStopping && step.State.Desired == Desired.Up) Conclude(step);
        if (f.IsTreeGone) DecideTreeGone(step, f.Generation, 0);
        else EndRun(step);
    }

    /// <summary>A run that was wanted has ended by itself: what the restart rules say.</summary>
    private static void Conclude(Step step)
    {
        var end = step.State.LastEnd!;
        if (IsRestarted(step.State.Definition!.Restart, end.Succeeded)) PlanRestart(step, end.Reason, end.Succeeded);
    }

    private static bool IsRestarted(RestartPolicy policy, bool succeeded) => policy.Policy switch
    {
        RestartMode.Always => true,
        RestartMode.OnFailure => !succeeded,
        _ => false,
    };

    private static void PlanRestart(Step step, string reason, bool isSuccess)
    {
        var state = step.State;
        var policy = state.Definition!.Restart;
        if (policy.Policy == RestartMode.Never) return;
        if (IsBudgetSpent(state, step.Moment)) GiveUp(step);
        else step.Add(new RestartPlanned(state.Generation, Delay(policy, Exponent(state, isSuccess), step.Moment.Random), step.Moment.SinceBoot, reason, step.Now));
    }

    private static bool IsBudgetSpent(ServiceState state, Moment moment)
    {
        var policy = state.Definition!.Restart;
        return state.RecentRestarts.Count(at => at > moment.SinceBoot - policy.Window && at <= moment.SinceBoot) >= policy.Budget;
    }

    private static void GiveUp(Step step)
    {
        var policy = step.State.Definition!.Restart;
        var retry = policy.RetryEvery is { } every ? $" The next try is in {Humanize(every)}." : "";
        step.Add(new GaveUp(step.State.Generation,
            $"Gave up after {policy.Budget} {(policy.Budget == 1 ? "restart" : "restarts")} in {Humanize(policy.Window)}.{retry}",
            policy.RetryEvery, step.Moment.SinceBoot, step.Now));
    }

    /// <summary>A program that ends well again and again is no emergency: its first restart waits too.</summary>
    private static int Exponent(ServiceState state, bool isSuccess) => isSuccess ? Math.Max(1, state.DelayStep) : state.DelayStep;

    /// <summary>0 for the first restart in a row, then delay x factor^n with jitter, never above the cap.</summary>
    private static TimeSpan Delay(RestartPolicy policy, int exponent, double random)
    {
        if (exponent == 0 || policy.Delay == TimeSpan.Zero) return TimeSpan.Zero;
        var cap = policy.MaxDelay.TotalMilliseconds;
        var exact = Math.Min(cap, policy.Delay.TotalMilliseconds * Math.Pow(policy.Factor, exponent - 1));
        var jittered = exact * (1 + policy.Jitter * (2 * random - 1));
        return TimeSpan.FromMilliseconds(Math.Round(Math.Min(cap, jittered)));
    }

    private static void DecideTreeGone(Step step, long generation, int killed)
    {
        if (!IsCurrent(step.State, generation)) return;
        var run = step.State.Run!;
        if (run.Exit is null)
            step.Add(new ServiceEvents.Exited(generation, null, null, step.Moment.SinceBoot, step.Now));
        step.Add(new ServiceEvents.TreeGone(generation, killed, step.Now));
        if (step.State.RemovePending)
        {
            Remove(step, step.State.DesiredBy ?? "daemon");
            return;
        }
        if (run.StopCause == StopCause.Daemon || step.State.Desired == Desired.Down) return;
        if (step.State.LaunchPending)
        {
            Launch(step, PortWait);
            return;
        }
        if (run.StopCause is StopCause.NotReady or StopCause.Unhealthy or StopCause.Limit)
            PlanRestart(step, step.State.Reason ?? "", isSuccess: false);
        ArmRestart(step);
    }

    /// <summary>A restart that is due now happens now; a later one sets the timer.</summary>
    private static void ArmRestart(Step step)
    {
        if (step.State.NextRestartSinceBoot is not { } due) return;
        var delay = due - step.Moment.SinceBoot;
        if (delay <= TimeSpan.Zero) Launch(step, PortWait);
        else step.Do(new Effects.SetRestartTimer(step.State.Generation, delay));
    }

    private static void DecideRestartDue(Step step, long generation)
    {
        var state = step.State;
        if (state.Generation != generation || state.Run is not null || state.Desired == Desired.Down) return;
        if (state.NextRestartSinceBoot is null) return;
        Launch(step, PortWait);
    }

    private static void DecideReady(Step step, long generation)
    {
        if (step.State.Run is not { IsAlive: true, IsReady: false, StopCause: null } run || run.Generation != generation) return;
        step.Add(new BecameReady(generation, step.Now));
        // Who answers on its port is well: the first health probe would only say so again.
        if (run.Definition is { EffectiveReady.Probe: Probe.OwnPort, EffectiveHealth: { Successes: 1 } health } && IsOwnPort(health.Probe, run.Definition))
            step.Add(new HealthChanged(generation, Health.Healthy, $"Port {run.Definition.Port} accepts connections.", step.Now));
        step.Do(new Effects.WatchHealth(generation, run.RunId, run.Definition, run.StartedSinceBoot));
    }

    private static bool IsOwnPort(Probe probe, ServiceDefinition definition) =>
        probe is Probe.OwnPort || (probe is Probe.Tcp tcp && tcp.Port == definition.Port);

    private static void DecideReadyTimedOut(Step step, ReadyTimedOut f)
    {
        if (step.State.Run is not { IsAlive: true, IsReady: false, StopCause: null } run || run.Generation != f.Generation) return;
        var limit = Humanize(run.Definition.EffectiveReady.Timeout);
        var last = f.LastResult is null ? "" : $" Last probe: {f.LastResult}";
        step.Add(new Stopping(f.Generation, StopCause.NotReady, $"Not ready within {limit}.{last}", step.Now));
        EndRun(step);
    }

    private static void DecideHealth(Step step, ProbedHealth f)
    {
        if (step.State.Run is not { IsAlive: true, StopCause: null } run || run.Generation != f.Generation) return;
        if (step.State.Health != f.Health) step.Add(new HealthChanged(f.Generation, f.Health, f.Message, step.Now));
        if (f.Health != Health.Unhealthy || run.Definition.EffectiveHealth is not { OnUnhealthy: UnhealthyAction.Restart }) return;
        step.Add(new Stopping(f.Generation, StopCause.Unhealthy, $"Unhealthy: {f.Message}", step.Now));
        EndRun(step);
    }

    private static void DecideLimitExceeded(Step step, LimitExceeded f)
    {
        if (step.State.Run is not { IsAlive: true, StopCause: null } run || run.Generation != f.Generation) return;
        step.Add(new Stopping(f.Generation, StopCause.Limit, f.Message, step.Now));
        EndRun(step);
    }
}
