namespace Ziggie.Dashboard.Model.Logs;

/// <summary>What to read of several logs.</summary>
/// <param name="From">For each source where to begin; <see cref="long.MaxValue"/> for its end.</param>
/// <param name="IsBackwards">Which way.</param>
/// <param name="Lines">At most so many.</param>
public sealed record MergedRequest(long[] From, bool IsBackwards, int Lines)
{
    /// <summary>For each source the position before which nothing is wanted.</summary>
    public long[]? Floor { get; init; }

    /// <summary>Looks at so many bytes at most.</summary>
    public long MostBytes { get; init; } = 32_000_000;

    /// <summary>Reads so many characters at most, and a line.</summary>
    public long MostText { get; init; } = 8_000_000;
}
