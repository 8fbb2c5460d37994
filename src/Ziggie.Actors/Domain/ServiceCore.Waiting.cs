using Ziggie.Actors.Domain.Definitions;
using static Ziggie.Actors.Domain.ServiceEvents;
using static Ziggie.Actors.Domain.ServiceInputs;
using Effects = Ziggie.Actors.Domain.ServiceEffects;

namespace Ziggie.Actors.Domain;

/// <summary>Launches that wait: for what the service depends on, or for the moment that its schedule names.</summary>
public static partial class ServiceCore
{
    private static void DecideDependenciesMet(Step step, DependenciesMet f)
    {
        if (!IsToBeLaunched(step.State, f.Generation)) return;
        step.Do(new Effects.CancelWaitLimit());
        LaunchNow(step, f.PortWait);
    }

    private static void DecideDependenciesPending(Step step, DependenciesPending f)
    {
        var state = step.State;
        if (!IsToBeLaunched(state, f.Generation)) return;
        var now = step.Moment.SinceBoot;
        var limit = state.Definition!.EffectiveReady.Timeout;
        TimeSpan? since = null;
        if (f.IsLimited)
        {
            // What an earlier daemon, or an earlier boot, stored may be out of range.
            since = state.WaitingSinceBoot is { } known && known <= now && now - known < limit ? known : now;
            step.Do(new Effects.SetWaitLimit(state.Generation, limit - (now - since.Value)));
        }
        else
        {
            step.Do(new Effects.CancelWaitLimit());
        }
        if (state.Phase != Phase.Waiting || state.Reason != f.Reason || state.WaitingSinceBoot != since)
            step.Add(new Waiting(f.Reason, since, step.Now));
    }

    /// <summary>A service that waits in vain has failed to start, and its restart rules say what follows.</summary>
    private static void DecideWaitLimit(Step step, long generation)
    {
        if (step.State is not { Phase: Phase.Waiting, WaitingSinceBoot: not null } state || !IsToBeLaunched(state, generation)) return;
        var limit = Humanize(state.Definition!.EffectiveReady.Timeout);
        step.Add(new WaitTimedOut(generation + 1, $"Gave up after {limit}: {state.Reason}", step.Now));
        PlanRestart(step, step.State.Reason!, isSuccess: false);
        ArmRestart(step);
    }

    /// <summary>Answers about dependencies count while nothing runs, something is wanted, and no attempt came in between.</summary>
    private static bool IsToBeLaunched(ServiceState state, long generation) =>
        state is { Run: null, Desired: Desired.Up, IsRemoved: false } && state.Generation == generation
        && (state.LaunchPending || state.NextRestartSinceBoot is not null);

    private static void DecideSchedule(Step step, DateTimeOffset slot)
    {
        var state = step.State;
        if (state.IsRemoved || state.Definition?.Schedule is not { } schedule || slot <= state.LastSlot) return;
        var skipped = WhySkipped(state, schedule.Action);
        step.Add(new ScheduleFired(slot, skipped, step.Now));
        if (skipped is not null) return;
        if (schedule.Action == ScheduleAction.Restart) DecideRestart(step, new Restart(Whys.Schedule));
        else DecideStart(step, new Start(Whys.Schedule));
    }

    private static string? WhySkipped(ServiceState state, ScheduleAction action)
    {
        if (action == ScheduleAction.Restart)
            return state.Desired == Desired.Down ? "It is not to run, so there is nothing to restart." : null;
        if (state.Run is { } run) return run.IsAlive ? $"Its last run (PID {run.Process!.Pid}) is not over." : "Its last run is not over.";
        return state is { Desired: Desired.Up, Phase: Phase.Waiting or Phase.Backoff } or { LaunchPending: true }
            ? "It is about to start anyway." : null;
    }
}
