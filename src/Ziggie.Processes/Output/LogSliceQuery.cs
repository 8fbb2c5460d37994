namespace Ziggie.Processes.Output;

/// <summary>Which lines to read from a position on, in one of both directions.</summary>
public sealed record LogSliceQuery
{
    /// <summary>
    /// Backwards: lines that begin before it; forwards: lines that begin there or later. Null for the end, or the beginning, of the log.
    /// </summary>
    public long? From { get; init; }

    public bool IsBackwards { get; init; }

    /// <summary>Backwards, lines that begin before it are not wanted.</summary>
    public long Floor { get; init; }

    /// <summary>At most so many.</summary>
    public int Lines { get; init; } = 200;

    public DateTimeOffset? Since { get; init; }

    public DateTimeOffset? Until { get; init; }

    /// <summary>What <see cref="TerminalText.Plain"/> of a line must match; null for every line.</summary>
    public LinePattern? Pattern { get; init; }

    /// <summary>The slice ends when its lines hold so many characters together.</summary>
    public long MostText { get; init; } = 4_000_000;

    /// <summary>The slice ends when so many bytes were looked at, so that a search can be cancelled and tells how far it is.</summary>
    public long MostBytes { get; init; } = 32_000_000;

    /// <summary>Of a longer line only the first so many bytes are read (of an unfinished one the last).</summary>
    public int MostOfLine { get; init; } = 4_000_000;
}
