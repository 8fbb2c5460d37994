namespace Ziggie.Processes.Output;

/// <summary>Lines in the order in which they were printed.</summary>
/// <param name="Entries">The lines asked for.</param>
/// <param name="TotalLines">How many lines the log holds in all, whatever was asked for; an unfinished last line counts.</param>
/// <param name="End">Position after the last byte in the log: where to follow from.</param>
/// <param name="Exists">False when the service never ran and there is no log.</param>
public sealed record LogPage(IReadOnlyList<LogEntry> Entries, long TotalLines, long End, bool Exists);
