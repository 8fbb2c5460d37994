using System.Text.Json.Nodes;
using Ziggie.Actors.Domain;
using Ziggie.Actors.Domain.Definitions;
using Ziggie.Persistence.Serialization;
using Ziggie.Processes;

namespace Ziggie.Persistence.History;

/// <summary>Makes what people read from an event. One that is new here still shows its kind, its run and its reason.</summary>
internal static class EventEntries
{
    /// <param name="row">As it is in the journal.</param>
    /// <param name="happened">What the row says; null when a newer Ziggie wrote it.</param>
    /// <param name="service">The service's name.</param>
    /// <param name="before">For <see cref="ServiceEvents.Defined"/>: the definition that it replaced.</param>
    public static HistoryEntry Of(JournalRow row, IServiceEvent? happened, string service, ServiceDefinition? before) => new()
    {
        Id = FormattableString.Invariant($"e{row.Ordering}"),
        At = happened?.At ?? new DateTimeOffset(row.Created, TimeSpan.Zero),
        Service = service,
        Kind = HistoryKinds.Of(row.Manifest),
        Who = happened is null ? null : Member(happened, "by") as string,
        Message = happened is null
            ? "A newer Ziggie wrote this; start that version to read it."
            : EventSentences.Of(happened, before) ?? Fallback(row, happened),
        Run = happened is null ? null : Member(happened, "generation") as long?,
        Pid = (happened as ServiceEvents.Launched)?.Process.Pid,
        Code = (happened as ServiceEvents.Exited)?.Code,
        Signal = happened is ServiceEvents.Exited { Signal: { } signal } ? SignalNames.NameOf(signal) : null,
        Details = happened is null ? null : DetailsOf(happened, before),
    };

    private static string Fallback(JournalRow row, IServiceEvent happened)
    {
        if (Member(happened, "reason") is string reason) return reason;
        var words = HistoryKinds.Of(row.Manifest).Replace('_', ' ');
        return $"{char.ToUpperInvariant(words[0])}{words[1..]}.";
    }

    private static JsonObject? DetailsOf(IServiceEvent happened, ServiceDefinition? before) => happened switch
    {
        ServiceEvents.Defined e => Definition(e.Definition, before),
        ServiceEvents.WantedUp e => new() { ["why"] = e.Why },
        ServiceEvents.WantedDown e => new() { ["why"] = e.Why },
        ServiceEvents.LaunchFailed e => new() { ["failure"] = Word(e.Failure) },
        ServiceEvents.Stopping e => new() { ["cause"] = Word(e.Cause) },
        ServiceEvents.TreeGone e => new() { ["killed"] = e.Killed },
        ServiceEvents.RestartPlanned e => new() { ["delay_seconds"] = e.Delay.TotalSeconds },
        ServiceEvents.GaveUp { RetryAfter: { } after } => new() { ["retry_after_seconds"] = after.TotalSeconds },
        ServiceEvents.HealthChanged e => new() { ["health"] = Word(e.Health) },
        _ => null,
    };

    /// <summary>The whole definition of a new service, else each key that changed with both values. Secrets are masked in both.</summary>
    private static JsonObject Definition(ServiceDefinition definition, ServiceDefinition? before)
    {
        var after = DefinitionWriter.WriteCompact(DefinitionMask.Apply(definition));
        if (before is null) return new() { ["definition"] = after };
        var was = DefinitionWriter.WriteCompact(DefinitionMask.Apply(before));
        var changes = new JsonObject();
        foreach (var key in DefinitionComparer.Changed(before, definition))
            changes[key] = new JsonObject { ["from"] = was[key]?.DeepClone(), ["to"] = after[key]?.DeepClone() };
        return new() { ["changed"] = changes };
    }

    private static object? Member(IServiceEvent happened, string name) =>
        StoredTypes.ByType[happened.GetType()].Json.Properties.FirstOrDefault(p => p.Name == name)?.Get?.Invoke(happened);

    private static string Word<T>(T value) where T : struct, Enum =>
        System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());
}
