namespace Ziggie.Processes.Output;

/// <summary>What of a log to copy.</summary>
public sealed record LogRange
{
    public LogStreams Streams { get; init; } = LogStreams.All;

    public DateTimeOffset? Since { get; init; }

    public DateTimeOffset? Until { get; init; }
}
