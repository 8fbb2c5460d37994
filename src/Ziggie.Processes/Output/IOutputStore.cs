namespace Ziggie.Processes.Output;

/// <summary>
/// The output of all services, and the way on which it comes into their logs. Reading never disturbs writing. Safe for use from any thread.
/// </summary>
public interface IOutputStore : IDisposable
{
    /// <summary>
    /// Opens the way of a service's output into its log. Opening one that is open returns the same channel.
    /// </summary>
    /// <exception cref="IOException">The channel or the folder cannot be made; the message says why.</exception>
    IOutputChannel Open(string service, LogLimits limits);

    /// <summary>Reads from the end of the log; does not need the channel to be open.</summary>
    /// <exception cref="ArgumentException">The regular expression is malformed.</exception>
    LogPage Read(string service, LogQuery query);

    /// <summary>Reads lines before or after a position; costs what is looked at, wherever in the log that is.</summary>
    /// <exception cref="ArgumentException">The regular expression takes too long.</exception>
    LogSlice ReadSlice(string service, LogSliceQuery query);

    /// <summary>Ends when the log does not end at this position (any more): something was printed, or it began anew.</summary>
    Task WaitForMoreAsync(string service, long end, CancellationToken cancellationToken);

    /// <summary>Lines from a position on, as they come, until cancelled. A position before the oldest kept byte starts at the oldest.</summary>
    IAsyncEnumerable<LogEntry> FollowAsync(string service, long position, CancellationToken cancellationToken);

    /// <summary>
    /// Writes the kept log, as it is at the moment of the call, while output and rotation go on: byte by byte as it was printed, or, of two
    /// streams or a range of time, line by line in the order of time.
    /// </summary>
    /// <returns>False when there is no log.</returns>
    Task<bool> CopyToAsync(string service, LogRange range, Stream target, CancellationToken cancellationToken);

    /// <summary>Bytes of a service's output, its separate standard error included, that could not be written since its channel was opened.</summary>
    long LostBytes(string service);

    /// <summary>Puts a removed service's log and FIFO out of the way, so that a new service of that name starts with an empty log.</summary>
    void Remove(string service);
}
