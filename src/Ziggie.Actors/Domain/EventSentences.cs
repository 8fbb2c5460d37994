using Ziggie.Actors.Domain.Definitions;
using Ziggie.Processes;
using static Ziggie.Actors.Domain.ServiceEvents;

namespace Ziggie.Actors.Domain;

/// <summary>What happened, as a sentence for the history.</summary>
public static class EventSentences
{
    /// <param name="happened">The event.</param>
    /// <param name="before">For <see cref="Defined"/>: the definition that it replaced; null when there was none.</param>
    /// <returns>Null for an event that has no sentence here.</returns>
    public static string? Of(IServiceEvent happened, ServiceDefinition? before = null) => happened switch
    {
        Defined e => before is null ? $"Defined by {e.By}." : $"Definition changed by {e.By}: {Keys(before, e.Definition)}.",
        WantedUp { Why: ServiceCore.Whys.Start } e => $"Start wanted by {e.By}.",
        WantedUp { Why: ServiceCore.Whys.Restart } e => $"Restart wanted by {e.By}.",
        WantedUp { Why: ServiceCore.Whys.Autostart } => "Starts with the daemon.",
        WantedUp { Why: ServiceCore.Whys.Resume } => "Comes up again: the daemon before was killed while it stopped it.",
        WantedUp { Why: ServiceCore.Whys.Schedule } => "Wanted up by its schedule.",
        WantedUp e => $"Wanted up by {e.By} ({e.Why}).",
        WantedDown { Why: ServiceCore.Whys.Stop } e => $"Stop wanted by {e.By}.",
        WantedDown { Why: ServiceCore.Whys.Remove } e => $"Removal wanted by {e.By}.",
        WantedDown e => $"Wanted down by {e.By} ({e.Why}).",
        Waiting e => e.Reason,
        WaitTimedOut e => e.Reason,
        ScheduleFired { Skipped: null } e => $"The schedule's moment {Moment(e.Slot)} has come.",
        ScheduleFired e => $"The schedule's moment {Moment(e.Slot)} was skipped: {e.Skipped}",
        Launching e => $"Run {e.Generation} is about to be launched.",
        Launched e => $"Run {e.Generation} started with PID {e.Process.Pid}.",
        LaunchFailed e => e.Message,
        BecameReady e => $"Run {e.Generation} is ready.",
        Stopping e => e.Reason,
        Exited { Code: { } code } => $"Exited with code {code}.",
        Exited { Signal: { } signal } => $"Ended by {SignalNames.NameOf(signal)}.",
        Exited => "Ended while no daemon watched it; how is not known.",
        TreeGone { Killed: 0 } e => $"No process of run {e.Generation} is left.",
        TreeGone e => $"No process of run {e.Generation} is left; {e.Killed} had to be killed.",
        RestartPlanned { Delay: var delay } e when delay == TimeSpan.Zero => $"{e.Reason} It is restarted at once.",
        RestartPlanned e => $"{e.Reason} It is restarted in {ServiceCore.Humanize(e.Delay)}.",
        GaveUp e => e.Reason,
        HealthChanged e => e.Message is null ? $"{e.Health}." : $"{e.Health}: {e.Message}",
        Removed e => $"Removed by {e.By}.",
        _ => null,
    };

    private static string Moment(DateTimeOffset slot) => FormattableString.Invariant($"{slot.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC");

    private static string Keys(ServiceDefinition before, ServiceDefinition after) =>
        DefinitionComparer.Changed(before, after) is { Length: > 0 } keys ? string.Join(", ", keys) : "nothing that it says";
}
