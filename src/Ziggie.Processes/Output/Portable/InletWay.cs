using System.Collections.Concurrent;

namespace Ziggie.Processes.Output.Portable;

/// <summary>What every platform can: the launcher reads the services' pipes and hands on what comes.</summary>
internal sealed class InletWay : IOutputWay
{
    private readonly ConcurrentDictionary<InletChannel, bool> _open = new();

    public ILogFileWatch Files { get; } = new PortableFileWatch();

    public ILogChannel Open(string path, LogWriter writer, Action<ILogChannel> closed)
    {
        var channel = new InletChannel(path, writer, ended =>
        {
            _open.TryRemove((InletChannel)ended, out _);
            closed(ended);
        });
        _open[channel] = true;
        return channel;
    }

    public void Dispose()
    {
        foreach (var channel in _open.Keys) channel.Close();
    }
}
