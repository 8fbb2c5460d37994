using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Ziggie.Api.Contracts;
using Ziggie.Processes.Output;

namespace Ziggie.Api.Logs;

/// <summary>Lines and gaps as JSON, which holds whatever a program may print without a line break of its own.</summary>
internal sealed class FollowJson(IBufferWriter<byte> target, bool withType) : IDisposable
{
    private readonly Utf8JsonWriter _json =
        new(target, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true });

    public void Line(LogEntry entry, string? stream, LogPosition next)
    {
        Begin("line", next);
        _json.WriteNumber("position", entry.Position);
        if (entry.Time is { } time) _json.WriteString("time", time.UtcDateTime);
        else _json.WriteNull("time");
        _json.WriteString("text", entry.Text);
        if (stream is not null) _json.WriteString("stream", stream);
        End();
    }

    public void Gap(long missedBytes, GapReason reason, LogPosition next)
    {
        Begin("gap", next);
        _json.WriteNumber("missed_bytes", missedBytes);
        _json.WriteString("reason", Words.Of(reason));
        End();
    }

    public void Reason(FollowEnd end)
    {
        _json.WriteStartObject();
        _json.WriteString("reason", Words.Of(end));
        End();
    }

    public void Dispose() => _json.Dispose();

    private void Begin(string type, LogPosition next)
    {
        _json.WriteStartObject();
        if (!withType) return;
        _json.WriteString("type", type);
        _json.WriteString("id", next.ToString());
    }

    private void End()
    {
        _json.WriteEndObject();
        _json.Flush();
        _json.Reset();
    }
}
