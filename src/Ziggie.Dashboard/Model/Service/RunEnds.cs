using Ziggie.Persistence.History;

namespace Ziggie.Dashboard.Model.Service;

/// <summary>How one run ended.</summary>
/// <param name="Run">Its number.</param>
/// <param name="At">When it ended.</param>
/// <param name="Lasted">How long it lived; null when its start is not among what was read.</param>
/// <param name="How">"exit 1", "SIGKILL", or why it never started.</param>
/// <param name="IsBad">Whether it was neither an exit with code 0 nor asked for.</param>
public sealed record EndedRun(long Run, DateTimeOffset At, TimeSpan? Lasted, string How, bool IsBad);

/// <summary>Reads the ends of runs out of the history.</summary>
public static class RunEnds
{
    /// <summary>What must be asked for.</summary>
    public static readonly string[] Kinds = ["started", "stopping", "exited", "start_failed"];

    /// <summary>The newest first.</summary>
    /// <param name="entries">Newest first, of one service.</param>
    /// <param name="most">How many.</param>
    public static IReadOnlyList<EndedRun> Of(IReadOnlyList<HistoryEntry> entries, int most) =>
    [
        .. entries.Where(e => e.Kind is "exited" or "start_failed").Take(most).Select(end => new EndedRun(
            end.Run ?? 0, end.At, end.Kind == "exited" ? Lasted(entries, end) : null, How(end), end.Code is not 0 && !IsWanted(entries, end))),
    ];

    private static TimeSpan? Lasted(IReadOnlyList<HistoryEntry> entries, HistoryEntry end) =>
        entries.FirstOrDefault(e => e.Kind == "started" && e.Run == end.Run && e.At <= end.At) is { } start ? end.At - start.At : null;

    // A signal that somebody asked for is no failure.
    private static bool IsWanted(IReadOnlyList<HistoryEntry> entries, HistoryEntry end) => entries.Any(e =>
        e.Kind == "stopping" && e.Run == end.Run && e.Details?["cause"]?.GetValue<string>() is ("wanted" or "restart" or "daemon"));

    private static string How(HistoryEntry end) => end switch
    {
        { Kind: "start_failed" } => end.Message,
        { Code: { } code } => $"exit {code}",
        { Signal: { } signal } => signal,
        _ => "end unknown",
    };
}
