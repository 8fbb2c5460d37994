using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Ziggie.Actors;
using Ziggie.Actors.Domain.Configuration;

namespace Ziggie.Dashboard.Model.Configuration;

/// <summary>A plan, or what came of an apply, as people read it: what goes first, then what changes, what is new, and the rest as a number.</summary>
/// <param name="Rows">What is different.</param>
/// <param name="Unchanged">How many stay as they are.</param>
/// <param name="IsPlan">Nothing has been done yet.</param>
public sealed record ChangeList(ImmutableArray<ChangeRow> Rows, int Unchanged, bool IsPlan)
{
    public static ChangeList Of(ConfigurationReply.Done done) => new(
        [
            .. done.Services.Where(s => s.Change.Action != PlannedAction.Unchanged)
                .OrderBy(s => s.Change.Action switch { PlannedAction.Removed => 0, PlannedAction.Changed => 1, _ => 2 })
                .ThenBy(s => s.Change.Name, StringComparer.Ordinal).Select(s => ChangeRow.Of(s, done.IsDryRun)),
        ],
        done.Services.Count(s => s.Change.Action == PlannedAction.Unchanged), done.IsDryRun);
}

/// <summary>One service that is different.</summary>
/// <param name="Name">Of the service.</param>
/// <param name="Action">What becomes of it.</param>
/// <param name="Consequence">"restarts", "starts", "stops", "keeps running"; empty for nothing.</param>
/// <param name="Keys">What differs in its definition.</param>
/// <param name="Outcome">What came of it, as a sentence; null for a plan.</param>
/// <param name="HasFailed">Whether that is a failure.</param>
public sealed record ChangeRow(
    string Name, PlannedAction Action, string Consequence, ImmutableArray<KeyRow> Keys, string? Outcome, bool HasFailed)
{
    public static ChangeRow Of(ServiceResult result, bool isPlan)
    {
        var change = result.Change;
        var consequence = change.Action switch
        {
            PlannedAction.Removed => isPlan ? "is stopped first if it runs" : "",
            _ when result.Restarts => isPlan ? "is restarted" : "was restarted",
            _ when result.Starts => isPlan ? "is started" : "was started",
            PlannedAction.Changed when change.NeedsRestart => "takes it with its next start",
            PlannedAction.Changed => "runs on without a restart",
            _ => "is not started",
        };
        ImmutableArray<KeyRow> keys = [.. change.Keys.Select(KeyRow.Of)];
        if (change is { Now: { } now, Next: { } next } && now.Origin != next.Origin) keys = keys.Add(new KeyRow("comes from", now.Origin, next.Origin));
        return new ChangeRow(
            change.Name, change.Action, consequence, keys,
            result.Reply switch { CommandReply.Done done => done.Message, CommandReply.Refused refused => refused.Detail, _ => null },
            result.Reply is CommandReply.Refused);
    }
}

/// <param name="Key">Its path, such as env.PORT.</param>
/// <param name="Old">Null for none.</param>
/// <param name="New">Null for none.</param>
public sealed record KeyRow(string Key, string? Old, string? New)
{
    public static KeyRow Of(KeyChange change) => new(change.Key, Text(change.Old), Text(change.New));

    private static string? Text(JsonNode? value) => value switch
    {
        null => null,
        JsonValue text when text.TryGetValue<string>(out var plain) => plain.Length == 0 ? "\"\"" : plain,
        JsonArray list when list.All(item => item is JsonValue) => string.Join(' ', list.Select(item => Text(item))),
        _ => value.ToJsonString(),
    };
}
