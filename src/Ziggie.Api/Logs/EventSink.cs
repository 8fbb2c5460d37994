using System.Buffers;
using System.Text;
using Ziggie.Processes.Output;

namespace Ziggie.Api.Logs;

/// <summary>Server-Sent Events. The id of each is where to go on after it, so a browser that comes back goes on there by itself.</summary>
internal sealed class EventSink : ILogSink, IDisposable
{
    private readonly HttpResponse _response;
    private readonly ArrayBufferWriter<byte> _buffer = new();
    private readonly FollowJson _json;

    public EventSink(HttpResponse response)
    {
        _response = response;
        _json = new FollowJson(_buffer, withType: false);
    }

    public int Pending => _buffer.WrittenCount;

    // An id without data is no event, yet the browser keeps it.
    public void Begin(LogPosition position) => Write($"id: {position}\n\n");

    public void Line(LogEntry entry, string? stream, LogPosition next)
    {
        Write($"id: {next}\nevent: line\ndata: ");
        _json.Line(entry, stream, next);
        Write("\n\n");
    }

    public void Gap(long missedBytes, GapReason reason, LogPosition next)
    {
        Write($"id: {next}\nevent: gap\ndata: ");
        _json.Gap(missedBytes, reason, next);
        Write("\n\n");
    }

    public void KeepAlive() => Write(": keep-alive\n\n");

    public void End(FollowEnd end)
    {
        Write("event: end\ndata: ");
        _json.Reason(end);
        Write("\n\n");
    }

    public async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        await _response.Body.WriteAsync(_buffer.WrittenMemory, cancellationToken);
        await _response.Body.FlushAsync(cancellationToken);
        _buffer.ResetWrittenCount();
    }

    public void Dispose() => _json.Dispose();

    private void Write(string text) => Encoding.UTF8.GetBytes(text, _buffer);
}
