namespace Ziggie.Processes.Output;

/// <summary>Takes output that the daemon has read itself, where services cannot write into a FIFO. Safe for use from any thread.</summary>
public interface IOutputInlet
{
    /// <summary>When it returns, the bytes are in the log, or counted as lost.</summary>
    void Write(ReadOnlyMemory<byte> bytes);
}
