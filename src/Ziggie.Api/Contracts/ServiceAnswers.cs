using System.Text.Json.Serialization;
using Ziggie.Actors;

namespace Ziggie.Api.Contracts;

/// <summary>One page of the list.</summary>
/// <param name="Success">True.</param>
/// <param name="Services">In the order of names.</param>
/// <param name="Count">On this page.</param>
/// <param name="Meta">Where this page stands.</param>
internal sealed record ServiceListAnswer(bool Success, IReadOnlyList<ServiceBody> Services, int Count, PageMeta Meta);

/// <param name="Page">1-based; with an offset, the page on which the first service of this answer would stand.</param>
/// <param name="PageSize">1 to 200.</param>
/// <param name="Total">Services that match, on all pages.</param>
/// <param name="Pages">0 when nothing matches.</param>
/// <param name="HasNext">Whether there are matches after these.</param>
/// <param name="HasPrev">Whether there are matches before these.</param>
internal sealed record PageMeta(int Page, int PageSize, int Total, int Pages, bool HasNext, bool HasPrev);

/// <summary>After start and restart.</summary>
internal sealed record StartedAnswer(
    bool Success, int? Pid, string Message,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<ActionResultBody>? Dependents = null);

/// <summary>After a command that has nothing else to say.</summary>
internal sealed record MessageAnswer(
    bool Success, string Message,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<ActionResultBody>? Dependents = null);

/// <summary>Exactly one of <c>names</c>, <c>group</c> and <c>all</c> says to which services.</summary>
/// <param name="Action">start, stop or restart.</param>
/// <param name="Names">Names in any case, or ids.</param>
/// <param name="Group">All of this group.</param>
/// <param name="All">All there are, but the daemon's own.</param>
/// <param name="WithDependents">Also those that depend on them; not for a start.</param>
/// <param name="Timeout">For a stop: seconds from the signal to SIGKILL, 1 to 300.</param>
/// <param name="Force">For a stop: SIGKILL at once.</param>
internal sealed record ActionRequest(
    string? Action, IReadOnlyList<string>? Names = null, string? Group = null, bool All = false, bool WithDependents = false,
    int? Timeout = null, bool Force = false);

/// <param name="Success">Whether every one of them is as asked for.</param>
/// <param name="Results">In the order of names.</param>
internal sealed record ActionAnswer(bool Success, IReadOnlyList<ActionResultBody> Results);

/// <param name="Service">Its name.</param>
/// <param name="Success">Whether it is as asked for.</param>
/// <param name="Changed">False when it was so already.</param>
/// <param name="Pid">After a start.</param>
/// <param name="Code">Why not, for programs.</param>
/// <param name="Message">What is so, or why not.</param>
internal sealed record ActionResultBody(string Service, bool Success, bool Changed, int? Pid, string? Code, string Message)
{
    public static ActionResultBody From(ServiceOutcome outcome) => outcome.Reply switch
    {
        CommandReply.Done done => new(outcome.Service, true, outcome.IsChanged, done.Pid, null, done.Message),
        CommandReply.Refused refused => new(outcome.Service, false, false, null, Words.Of(refused.Code), refused.Detail),
        _ => throw new InvalidOperationException($"No such reply: {outcome.Reply.GetType()}"),
    };
}

/// <param name="Success">True.</param>
/// <param name="Logs">In the order in which they were printed.</param>
/// <param name="TotalLines">In the whole log.</param>
/// <param name="LostBytes">Bytes that could not be written into the log since the daemon took the service up, for example on a full disk.</param>
/// <param name="Message">When there is no log.</param>
internal sealed record LogLinesAnswer(
    bool Success, IReadOnlyList<string> Logs, long TotalLines,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? LostBytes,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Message);

internal sealed record LogEntriesAnswer(
    bool Success, IReadOnlyList<LogEntryBody> Logs, long TotalLines,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? LostBytes,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Message);

/// <param name="Position">Of the line's first byte in all that the service ever printed.</param>
/// <param name="Time">When it came; null when that is not known.</param>
/// <param name="Text">Without the line feed.</param>
/// <param name="Stream">stdout or stderr, where those are separate.</param>
internal sealed record LogEntryBody(
    long Position, DateTime? Time, string Text,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Stream);

internal sealed record HealthAnswer(string Status);

/// <param name="Signal">HUP, SIGHUP or 1.</param>
/// <param name="WholeTree">To every process of the run instead of the main one.</param>
internal sealed record SignalRequest(string? Signal, bool WholeTree = false);
