using System.Text;
using Ziggie.Processes.Output;

namespace Ziggie.Api.Tests.Support;

/// <summary>Prints as a service does: into its FIFO.</summary>
internal sealed class Printer : IDisposable
{
    private readonly IOutputChannel _channel;
    private readonly FileStream _writer;

    /// <param name="store">Where the log is.</param>
    /// <param name="log">Its name.</param>
    /// <param name="limits">Null for the usual ones.</param>
    public Printer(OutputStore store, string log, LogLimits? limits = null)
    {
        _channel = store.Open(log, limits ?? new LogLimits());
        _writer = new FileStream(_channel.Path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);
    }

    public Task PrintAsync(string text) => PrintAsync(Encoding.UTF8.GetBytes(text));

    /// <summary>Ends when it is in the log.</summary>
    public async Task PrintAsync(byte[] bytes)
    {
        await Task.Run(() => _writer.Write(bytes)).WaitAsync(Wait.Limit);
        await _channel.DrainAsync(default).WaitAsync(Wait.Limit);
    }

    /// <summary>Waits until old segments are deleted, which happens some time after the rotation, and no more than this many are left.</summary>
    public static Task TidiedAsync(FakeDaemon daemon, string log, int segments) => Wait.UntilAsync(
        () => Directory.GetFiles(Path.Combine(daemon.Home, "logs", log), "*.idx").Length <= segments, $"{segments} segments are left");

    public void Dispose() => _writer.Dispose();
}
