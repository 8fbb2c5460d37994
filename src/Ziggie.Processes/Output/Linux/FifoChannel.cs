using System.Runtime.Versioning;

namespace Ziggie.Processes.Output.Linux;

/// <summary>A FIFO and the log that it goes to. Turn and Finish are the pump's alone.</summary>
[SupportedOSPlatform("linux")]
internal sealed class FifoChannel(long id, string path, Fifo fifo, LogWriter writer, OutputPump pump, Action<ILogChannel> closed)
    : ILogChannel
{
    /// <summary>What one channel may move before the others get their turn.</summary>
    private const long BytesPerTurn = 1024 * 1024;

    private readonly List<(long Until, TaskCompletionSource Done)> _drains = [];
    private long _taken;
    private bool _enlarged;
    private volatile bool _isClosed;

    public long Id => id;

    public string Path => path;

    public int Descriptor => fifo.Descriptor;

    public long LostBytes => writer.LostBytes;

    public bool IsQueued { get; set; }

    public bool IsClosed => _isClosed;

    public void SetLimits(LogLimits limits) => pump.Post(this, () => writer.Limits = limits);

    public void Report(string message) => writer.Report(message);

    public Task DrainAsync(CancellationToken cancellationToken)
    {
        if (IsClosed) return Task.CompletedTask;
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        pump.Post(this, () =>
        {
            if (IsClosed) done.TrySetResult();
            else _drains.Add((_taken + fifo.Available, done));
        });
        return done.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Moves what there is, up to a limit; true when there may be more.</summary>
    public bool Turn()
    {
        var before = _taken;
        var limit = _taken + BytesPerTurn;
        writer.BeginTurn();
        var more = true;
        while (more && _taken < limit)
        {
            var moved = writer.TakeIn(fifo, limit - _taken);
            _taken += moved;
            more = moved > 0;
        }
        if (_taken > before) writer.EndTurn();
        if (more && !_enlarged && pump.MayEnlarge())
        {
            _enlarged = true;
            fifo.Enlarge();
        }
        CompleteDrains(all: !more);
        return more;
    }

    /// <summary>
    /// Takes in what is left, because it vanishes with the last process that has the FIFO open, and closes. A writer that does not stop
    /// is left after a few turns: it has the FIFO open, so nothing of its output vanishes.
    /// </summary>
    public void Finish()
    {
        for (var turns = 0; turns < 4 && Turn(); turns++) { }
        _isClosed = true;
        CompleteDrains(all: true);
        writer.Dispose();
        fifo.Dispose();
    }

    public void Close() => pump.Remove(this);

    public void Dispose() => closed(this);

    private void CompleteDrains(bool all)
    {
        for (var i = _drains.Count - 1; i >= 0; i--)
        {
            if (!all && _drains[i].Until > _taken) continue;
            _drains[i].Done.TrySetResult();
            _drains.RemoveAt(i);
        }
    }
}
