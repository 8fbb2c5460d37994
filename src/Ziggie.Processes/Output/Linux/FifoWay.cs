using System.Runtime.Versioning;

namespace Ziggie.Processes.Output.Linux;

/// <summary>FIFOs that services write into, and one thread that moves what is in them inside the kernel.</summary>
[SupportedOSPlatform("linux")]
internal sealed class FifoWay : IOutputWay
{
    private readonly OutputPump _pump = new();
    private long _lastId;

    public ILogFileWatch Files { get; } = new LinuxFileWatch();

    public long Rounds => _pump.Rounds;

    public ILogChannel Open(string path, LogWriter writer, Action<ILogChannel> closed)
    {
        var channel = new FifoChannel(Interlocked.Increment(ref _lastId), path, Fifo.Open(path), writer, _pump, closed);
        _pump.Add(channel);
        return channel;
    }

    public void Dispose() => _pump.Dispose();
}
