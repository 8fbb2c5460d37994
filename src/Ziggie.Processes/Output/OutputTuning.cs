namespace Ziggie.Processes.Output;

/// <summary>Intervals that tests shorten.</summary>
internal sealed record OutputTuning
{
    /// <summary>
    /// How long a closed segment rests before it is compressed: what a flood pushes out within that time is not worth the work.
    /// </summary>
    public TimeSpan CompressAfter { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long output is dropped before the log is tried again.</summary>
    public TimeSpan RetryAfter { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How often it is looked whether the file is still the one that its path names.</summary>
    public TimeSpan CheckEvery { get; init; } = TimeSpan.FromSeconds(1);
}
