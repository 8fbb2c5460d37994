using Ziggie.Processes.Output;

namespace Ziggie.Api.Logs;

/// <summary>Why a follower gets no more.</summary>
internal enum FollowEnd { Stopping, TokenEnded, Removed }

/// <summary>Why a follower does not get some bytes.</summary>
internal enum GapReason
{
    /// <summary>They were deleted before it read them.</summary>
    Rotated,

    /// <summary>They never came into the log, for example on a full disk.</summary>
    NotWritten,
}

/// <summary>Puts what a follower gets into its form, and gathers it until it is flushed.</summary>
internal interface ILogSink
{
    /// <summary>Bytes that wait to be flushed.</summary>
    int Pending { get; }

    /// <summary>Says where following begins.</summary>
    void Begin(LogPosition position);

    /// <param name="entry">The line.</param>
    /// <param name="stream">Which it came from; null when there is one alone.</param>
    /// <param name="next">Where to go on after it.</param>
    void Line(LogEntry entry, string? stream, LogPosition next);

    void Gap(long missedBytes, GapReason reason, LogPosition next);

    void KeepAlive();

    /// <summary>Sends what was gathered; waits for a client that reads slowly.</summary>
    ValueTask FlushAsync(CancellationToken cancellationToken);
}
