namespace Ziggie.Processes.Output;

/// <summary>How output comes into the logs on a platform.</summary>
internal interface IOutputWay : IDisposable
{
    ILogFileWatch Files { get; }

    /// <summary>Begins to move the output of a service. Disposing the way closes what is open.</summary>
    /// <exception cref="IOException">The channel cannot be made; the message says why.</exception>
    ILogChannel Open(string path, LogWriter writer, Action<ILogChannel> closed);
}
