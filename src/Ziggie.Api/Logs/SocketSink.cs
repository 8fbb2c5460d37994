using System.Buffers;
using System.Net.WebSockets;
using Ziggie.Processes.Output;

namespace Ziggie.Api.Logs;

/// <summary>Text messages over a WebSocket: an object, or an array of them when many come at once.</summary>
internal sealed class SocketSink : ILogSink, IDisposable
{
    private readonly WebSocket _socket;
    private readonly ArrayBufferWriter<byte> _buffer = new();
    private readonly FollowJson _json;
    private int _count;

    public SocketSink(WebSocket socket)
    {
        _socket = socket;
        _json = new FollowJson(_buffer, withType: true);
    }

    public int Pending => _buffer.WrittenCount;

    public void Begin(LogPosition position) { }

    public void Line(LogEntry entry, string? stream, LogPosition next)
    {
        Separate();
        _json.Line(entry, stream, next);
    }

    public void Gap(long missedBytes, GapReason reason, LogPosition next)
    {
        Separate();
        _json.Gap(missedBytes, reason, next);
    }

    // The WebSocket's own pings do that.
    public void KeepAlive() { }

    public async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        if (_count == 0) return;
        if (_count > 1) _buffer.Write("]"u8);
        var message = _count > 1 ? _buffer.WrittenMemory : _buffer.WrittenMemory[1..];
        await _socket.SendAsync(message, WebSocketMessageType.Text, endOfMessage: true, cancellationToken);
        _buffer.ResetWrittenCount();
        _count = 0;
    }

    public void Dispose() => _json.Dispose();

    private void Separate() => _buffer.Write(_count++ == 0 ? "["u8 : ","u8);
}
