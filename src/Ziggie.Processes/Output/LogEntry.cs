namespace Ziggie.Processes.Output;

/// <summary>One line that a service printed.</summary>
/// <param name="Position">Offset of the line's first byte since the service's first output; grows for ever, across rotations.</param>
/// <param name="Time">When its first byte was taken in; null when the index has no time for it.</param>
/// <param name="Text">The line without its line feed; invalid UTF-8 shows as U+FFFD.</param>
public readonly record struct LogEntry(long Position, DateTimeOffset? Time, string Text)
{
    /// <summary>Position after the line and its line feed: where whoever has read it goes on.</summary>
    public long End { get; init; }

    /// <summary>The last line of the log, whose line feed has not come yet.</summary>
    public bool IsUnfinished { get; init; }
}
