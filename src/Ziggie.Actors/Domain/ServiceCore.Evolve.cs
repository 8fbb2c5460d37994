using Ziggie.Actors.Domain.Configuration;
using Ziggie.Actors.Domain.Definitions;
using Ziggie.Processes;
using static Ziggie.Actors.Domain.ServiceEvents;

namespace Ziggie.Actors.Domain;

/// <summary>
/// What a service is: <see cref="Evolve"/> folds events into state, <see cref="Decide"/> answers an input with events. No clock, no
/// dice, no input or output: the same inputs give the same history.
/// </summary>
public static partial class ServiceCore
{
    /// <summary>Applies an event. Total: whatever was stored can be applied to whatever state.</summary>
    public static ServiceState Evolve(ServiceState state, IServiceEvent happened)
    {
        var next = Apply(state, happened);
        return next with { UpdatedAt = happened.At };
    }

    private static ServiceState Redefined(ServiceState state, Defined e)
    {
        // What can change under a running process does; the rest waits for the next run.
        var run = state.Run is { } old && !DefinitionComparer.NeedsRestart(old.Definition, e.Definition) ? old with { Definition = e.Definition } : state.Run;
        // Without a rule nobody would ever say otherwise.
        var isWatched = (run?.Definition ?? e.Definition).EffectiveHealth is not null;
        return state with
        {
            Definition = e.Definition,
            Origin = Origins.OrDefault(e.Origin, e.By),
            CreatedAt = state.Definition is null ? e.At : state.CreatedAt,
            Run = run,
            Health = isWatched ? state.Health : Health.Unknown,
            HealthMessage = isWatched ? state.HealthMessage : null,
        };
    }

    private static ServiceState Apply(ServiceState state, IServiceEvent happened) => happened switch
    {
        Defined e => Redefined(state, e),
        WantedUp e => state with
        {
            Desired = Desired.Up,
            DesiredBy = e.By,
            WantedUpFor = e.Why,
            LaunchPending = true,
            RemovePending = false,
            Restarts = 0,
            DelayStep = 0,
            RecentRestarts = [],
        },
        WantedDown e => Settled(state, e),
        Waiting e => WithoutTimer(state) with
        {
            Phase = Phase.Waiting,
            Reason = e.Reason,
            LaunchPending = true,
            WaitingSinceBoot = e.SinceBoot,
        },
        WaitTimedOut e => WithoutTimer(state) with
        {
            Phase = Phase.Failed,
            Reason = e.Reason,
            Generation = e.Generation,
            LaunchPending = false,
            LastEnd = new RunEnd(e.Generation, false, Processes.LaunchFailure.DependencyMissing, e.Reason, null),
        },
        ScheduleFired e => state with { LastSlot = e.Slot },
        Launching e => WithoutTimer(state) with
        {
            Phase = Phase.Starting,
            Reason = null,
            Generation = e.Generation,
            LaunchPending = false,
            Health = Health.Unknown,
            HealthMessage = null,
            Run = new Run { Generation = e.Generation, RunId = e.RunId, Definition = state.Definition! },
        },
        Launched e when IsCurrent(state, e.Generation) => state with
        {
            Reason = state.Phase == Phase.Starting ? WaitingFor(state.Run!.Definition) : state.Reason,
            LastBootId = e.Process.BootId,
            // Another boot's monotonic clock says nothing about this one's.
            RecentRestarts = state.LastBootId is "" || e.Process.BootId == state.LastBootId ? state.RecentRestarts : [],
            Run = state.Run! with { Process = e.Process, StartedAt = e.At, StartedSinceBoot = e.SinceBoot, OutputFrom = e.OutputFrom },
        },
        LaunchFailed e when IsCurrent(state, e.Generation) => state with
        {
            Phase = state.Desired == Desired.Up ? Phase.Failed : Phase.Stopped,
            Reason = e.Message,
            Run = null,
            LastEnd = new RunEnd(e.Generation, false, e.Failure, e.Message, null),
        },
        BecameReady e when IsCurrent(state, e.Generation) => state with
        {
            Phase = state.Phase == Phase.Starting ? Phase.Running : state.Phase,
            Reason = state.Phase == Phase.Starting ? null : state.Reason,
            Run = state.Run! with { IsReady = true },
        },
        Stopping e when IsCurrent(state, e.Generation) => WithoutTimer(state) with
        {
            Phase = Phase.Stopping,
            Reason = e.Reason,
            Run = state.Run! with { StopCause = e.Cause },
        },
        Exited e when IsCurrent(state, e.Generation) => ApplyExit(state, state.Run!, e),
        TreeGone e when IsCurrent(state, e.Generation) => ApplyTreeGone(state, state.Run!, e),
        RestartPlanned e => ApplyPlan(WithoutPlan(state), e),
        GaveUp e => WithoutPlan(state) with
        {
            // Only changed rules take a planned restart back, and then a run that ended well has not failed.
            Phase = state is { Phase: Phase.Backoff, LastEnd.Succeeded: true } ? Phase.Completed : Phase.Failed,
            Reason = $"{state.LastEnd?.Reason} {e.Reason}".Trim(),
            NextRestartAt = e.RetryAfter is { } after ? e.At + after : null,
            NextRestartSinceBoot = e.RetryAfter is { } wait ? e.SinceBoot + wait : null,
            LastEnd = state.LastEnd is { } end ? end with { Next = e.Reason } : null,
        },
        HealthChanged e when IsCurrent(state, e.Generation) => state with { Health = e.Health, HealthMessage = e.Message },
        Removed => state with { IsRemoved = true, RemovePending = false, Phase = Phase.Stopped },
        _ => state,
    };

    private static bool IsCurrent(ServiceState state, long generation) => state.Run?.Generation == generation;

    private static ServiceState WithoutTimer(ServiceState state) => state with { NextRestartAt = null, NextRestartSinceBoot = null, WaitingSinceBoot = null };

    private static ServiceState Settled(ServiceState state, WantedDown e) => WithoutTimer(state) with
    {
        Desired = Desired.Down,
        DesiredBy = e.By,
        LaunchPending = false,
        RemovePending = e.Why == Whys.Remove,
        Phase = state.Run is null ? Phase.Stopped : state.Phase,
        Reason = state.Run is null ? $"Stopped by {e.By}." : state.Reason,
    };

    private static ServiceState ApplyExit(ServiceState state, Run run, Exited e)
    {
        var status = new ExitStatus(e.Code, e.Signal);
        var lived = run.Process is null ? TimeSpan.Zero : e.SinceBoot - run.StartedSinceBoot;
        var succeeded = e.Code is { } code && run.Definition.Restart.SuccessExitCodes.Contains(code);
        var reason = DescribeExit(status, run, lived);
        var ended = state with
        {
            Run = run with { Exit = status },
            LastExit = new LastExit(e.Code, e.Signal, e.At),
            DelayStep = lived >= run.Definition.Restart.StableAfter ? 0 : state.DelayStep,
            Health = Health.Unknown,
            HealthMessage = null,
        };
        // A run that is being ended stays so until its whole tree is gone; its outcome is then the stop's, not the exit's.
        return run.StopCause is not null
            ? ended
            : ended with
            {
                Phase = succeeded ? Phase.Completed : Phase.Failed,
                Reason = reason,
                LastEnd = new RunEnd(e.Generation, succeeded, null, reason, null),
            };
    }

    private static ServiceState ApplyTreeGone(ServiceState state, Run run, TreeGone e)
    {
        var gone = state with { Run = null, LastKilled = e.Killed };
        if (state.Phase != Phase.Stopping) return gone;
        var failed = run.StopCause is StopCause.NotReady or StopCause.Unhealthy or StopCause.Limit && state.Desired == Desired.Up;
        return gone with
        {
            Phase = failed ? Phase.Failed : Phase.Stopped,
            Reason = failed ? state.Reason : StoppedReason(state, run),
            LastEnd = new RunEnd(e.Generation, !failed, null, state.Reason ?? "", null),
        };
    }

    private static string StoppedReason(ServiceState state, Run run) => run.StopCause switch
    {
        StopCause.Daemon => "Stopped with the daemon; starts with it again.",
        _ => $"Stopped by {state.DesiredBy ?? "daemon"}.",
    };

    private static ServiceState ApplyPlan(ServiceState state, RestartPlanned e) => state with
    {
        Phase = Phase.Backoff,
        Reason = e.Reason,
        Restarts = state.Restarts + 1,
        DelayStep = state.DelayStep + 1,
        RecentRestarts = Recent(state, e),
        NextRestartAt = e.At + e.Delay,
        NextRestartSinceBoot = e.SinceBoot + e.Delay,
        LastEnd = state.LastEnd is { } end ? end with { Next = NextStep(state, e.Delay) } : null,
    };

    private static System.Collections.Immutable.ImmutableList<TimeSpan> Recent(ServiceState state, RestartPlanned e)
    {
        var window = state.Definition?.Restart.Window ?? TimeSpan.Zero;
        return state.RecentRestarts.RemoveAll(at => at <= e.SinceBoot - window).Add(e.SinceBoot);
    }
}
