namespace Ziggie.Processes.Output;

/// <summary>The way of one service's output into its log, open over many runs.</summary>
public interface IOutputChannel : IDisposable
{
    /// <summary>The FIFO that a run opens read-write as its standard output and error; nothing is there when there is an <see cref="Inlet"/>.</summary>
    string Path { get; }

    /// <summary>Takes what the launcher has read of a run's output; null where runs write into the FIFO themselves.</summary>
    IOutputInlet? Inlet => null;

    /// <summary>Everything that is on its way at the moment of the call is in the log when the task ends.</summary>
    Task DrainAsync(CancellationToken cancellationToken);

    /// <summary>Bytes that could not be written, for example on a full disk, since the channel was opened.</summary>
    long LostBytes { get; }
}
