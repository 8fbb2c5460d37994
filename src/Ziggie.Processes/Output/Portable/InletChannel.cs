namespace Ziggie.Processes.Output.Portable;

/// <summary>A log that is written by whoever has read the output, one at a time.</summary>
internal sealed class InletChannel(string path, LogWriter writer, Action<ILogChannel> closed) : ILogChannel, IOutputInlet
{
    private readonly Lock _turn = new();
    private bool _isClosed;

    public string Path => path;

    public IOutputInlet Inlet => this;

    public long LostBytes => writer.LostBytes;

    public void Write(ReadOnlyMemory<byte> bytes)
    {
        lock (_turn)
        {
            if (_isClosed) return;
            var block = new OutputBlock(bytes);
            writer.BeginTurn();
            while (block.Available > 0 && writer.TakeIn(block, block.Available) > 0) { }
            writer.EndTurn();
        }
    }

    public void SetLimits(LogLimits limits)
    {
        lock (_turn) writer.Limits = limits;
    }

    /// <summary>Nothing is ever on its way here: a write has happened when it returns.</summary>
    public Task DrainAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Close()
    {
        lock (_turn)
        {
            if (_isClosed) return;
            _isClosed = true;
            writer.Dispose();
        }
    }

    public void Dispose() => closed(this);
}
