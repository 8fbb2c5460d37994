namespace Ziggie.Processes.Output;

/// <summary>Lines in the order in which they were printed.</summary>
/// <param name="Entries">Those that were wanted.</param>
/// <param name="Next">Where to go on in the same direction; forwards this is the beginning of a line that is unfinished.</param>
/// <param name="IsOver">Whether there is nothing more in that direction, as of now.</param>
/// <param name="Start">Position of the oldest kept byte.</param>
/// <param name="End">Position after the last byte.</param>
/// <param name="Finished">Position after the last finished line; of a slice backwards from the end, else <paramref name="End"/>.</param>
/// <param name="Looked">Bytes that were looked at.</param>
public sealed record LogSlice(IReadOnlyList<LogEntry> Entries, long Next, bool IsOver, long Start, long End, long Finished, long Looked);
