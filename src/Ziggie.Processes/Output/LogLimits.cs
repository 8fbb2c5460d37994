namespace Ziggie.Processes.Output;

/// <summary>How much of a service's output is kept.</summary>
public sealed record LogLimits
{
    /// <summary>Bytes in a segment before the next one is begun, at the end of a line.</summary>
    public long MaxSize { get; init; } = 10_000_000;

    /// <summary>Segments kept, the current one included.</summary>
    public int MaxFiles { get; init; } = 10;

    /// <summary>Closed segments whose last line is older are deleted; null keeps them.</summary>
    public TimeSpan? MaxAge { get; init; }

    /// <summary>Whether closed segments are compressed with gzip.</summary>
    public bool Compress { get; init; } = true;
}
