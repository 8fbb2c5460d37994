using System.Text.Json.Nodes;
using Ziggie.Persistence.History;

namespace Ziggie.Api.Contracts;

/// <summary>One thing that happened. What does not apply to it is null.</summary>
/// <param name="Id">Unique and constant.</param>
/// <param name="At">In UTC.</param>
/// <param name="Service">The service's name, also of one that is no more.</param>
/// <param name="Kind">A word such as started, exited, gave_up or signed_in.</param>
/// <param name="Who">The user, or daemon.</param>
/// <param name="Address">From where the user asked.</param>
/// <param name="Message">A sentence.</param>
/// <param name="Run">The run's number.</param>
/// <param name="Pid">Of the process that was started.</param>
/// <param name="Code">The exit code.</param>
/// <param name="Signal">The signal's name.</param>
/// <param name="Details">What else belongs to it; secrets are masked.</param>
internal sealed record HistoryEntryBody(
    string Id, DateTime At, string? Service, string Kind, string? Who, string? Address, string Message, long? Run, int? Pid, int? Code,
    string? Signal, JsonObject? Details)
{
    public static HistoryEntryBody From(HistoryEntry entry) => new(
        entry.Id, entry.At.UtcDateTime, entry.Service, entry.Kind, entry.Who, entry.Address, entry.Message, entry.Run, entry.Pid, entry.Code,
        entry.Signal, entry.Details);
}

/// <param name="Success">True.</param>
/// <param name="Events">Newest first.</param>
/// <param name="Count">On this page.</param>
/// <param name="Next">The cursor (or before) of the next page; null on the last one.</param>
internal sealed record HistoryAnswer(bool Success, IReadOnlyList<HistoryEntryBody> Events, int Count, string? Next);

/// <param name="Id">Of the service.</param>
/// <param name="Name">Of the service.</param>
/// <param name="Status">stopped, running or failed.</param>
/// <param name="Phase">As in the list of services.</param>
/// <param name="Reason">Why the phase was what it was.</param>
/// <param name="Desired">up or down.</param>
/// <param name="Health">unknown, healthy or unhealthy.</param>
/// <param name="Pid">Of the main process; null without one.</param>
/// <param name="Run">Number of the current or last run; 0 when it had never run.</param>
/// <param name="StartedAt">Of the process.</param>
/// <param name="UptimeSeconds">Of the process, at that moment.</param>
/// <param name="Restarts">By the rules, since a person last started it.</param>
internal sealed record PastServiceBody(
    int Id, string Name, string Status, string Phase, string? Reason, string Desired, string Health, int? Pid, long Run,
    DateTime? StartedAt, double? UptimeSeconds, int Restarts);

/// <param name="Success">True.</param>
/// <param name="Time">The moment that was asked for, in UTC.</param>
/// <param name="Services">In the order of names.</param>
/// <param name="Count">How many.</param>
internal sealed record PastAnswer(bool Success, DateTime Time, IReadOnlyList<PastServiceBody> Services, int Count);
