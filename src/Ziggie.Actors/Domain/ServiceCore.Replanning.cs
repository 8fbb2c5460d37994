using Ziggie.Actors.Domain.Definitions;
using static Ziggie.Actors.Domain.ServiceEvents;
using Effects = Ziggie.Actors.Domain.ServiceEffects;

namespace Ziggie.Actors.Domain;

/// <summary>What becomes of a restart that is planned when the restart rules change: it is dropped, or comes earlier, but never later.</summary>
public static partial class ServiceCore
{
    private static void Replan(Step step, ServiceState before)
    {
        // Only what the rules have dealt with has a plan, or was given up; what a person's start came to is that person's affair.
        if (step.State is not { Desired: Desired.Up, LaunchPending: false, Phase: Phase.Backoff or Phase.Failed, LastEnd: { Next: not null } end }) return;
        if (!DefinitionComparer.Changed(before.Definition!, step.State.Definition!).Contains("restart")) return;
        TimeSpan? left = before.NextRestartSinceBoot is { } due ? TimeUntilRestart(before, step.Moment, due) : null;
        var isNew = step.State.Phase == Phase.Backoff ? ReplanRestart(step, end, left ?? TimeSpan.Zero) : ReplanRetry(step, before.Definition!.Restart, left);
        if (!isNew) return;
        step.Do(new Effects.CancelRestartTimer());
        if (step.State.Run is null) ArmRestart(step);
    }

    private static bool ReplanRestart(Step step, RunEnd end, TimeSpan left)
    {
        var policy = step.State.Definition!.Restart;
        if (!IsRestarted(policy, end.Succeeded)) return Drop(step);
        var unplanned = WithoutPlan(step.State);
        if (IsBudgetSpent(unplanned, step.Moment))
        {
            GiveUp(step);
            return true;
        }
        var since = step.State.RecentRestarts is [.., var last] ? Max(TimeSpan.Zero, step.Moment.SinceBoot - last) : TimeSpan.Zero;
        var delay = Max(TimeSpan.Zero, Delay(policy, Exponent(unplanned, end.Succeeded), step.Moment.Random) - since);
        if (delay >= left) return false;
        step.Add(new RestartPlanned(step.State.Generation, delay, step.Moment.SinceBoot, end.Reason, step.Now));
        return true;
    }

    /// <param name="step">The decision.</param>
    /// <param name="old">The rules before.</param>
    /// <param name="left">Until the try that is planned; null when none is.</param>
    private static bool ReplanRetry(Step step, RestartPolicy old, TimeSpan? left)
    {
        var policy = step.State.Definition!.Restart;
        if (policy is not { Policy: not RestartMode.Never, RetryEvery: { } every }) return left is not null && Drop(step);
        var wait = left is { } rest && old.RetryEvery is { } before ? Max(TimeSpan.Zero, every - (before - rest)) : every;
        if (wait >= left) return false;
        step.Add(new GaveUp(step.State.Generation, $"Its restart rules have changed: the next try is in {Humanize(wait)}.", wait, step.Moment.SinceBoot, step.Now));
        return true;
    }

    private static bool Drop(Step step)
    {
        step.Add(new GaveUp(step.State.Generation, "Its restart rules have changed: no restart follows.", null, step.Moment.SinceBoot, step.Now));
        return true;
    }

    /// <summary>A restart that was planned and never came counts for nothing.</summary>
    private static ServiceState WithoutPlan(ServiceState state) =>
        state is { Phase: Phase.Backoff, NextRestartSinceBoot: not null, RecentRestarts: [.., _] }
            ? state with
            {
                Restarts = state.Restarts - 1,
                DelayStep = state.DelayStep - 1,
                RecentRestarts = state.RecentRestarts.RemoveAt(state.RecentRestarts.Count - 1),
            }
            : state;
}
