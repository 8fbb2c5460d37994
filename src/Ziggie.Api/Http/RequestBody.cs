using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Ziggie.Api.Contracts;

namespace Ziggie.Api.Http;

/// <summary>Reads JSON bodies; what is wrong with one is an answer, not an exception.</summary>
internal static class RequestBody
{
    public const int MaxSize = 1_000_000;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>What Kestrel takes before it cuts the connection: more than we do, so that who sends too much can read why it is refused.</summary>
    public const int MaxReceived = 20 * MaxSize;

    /// <summary>The JSON as it came, or why it is none: 415, 400 with the place, or 413.</summary>
    public static async Task<(JsonDocument? Json, Problem? Problem)> ReadJsonAsync(HttpContext context)
    {
        if (!context.Request.HasJsonContentType()) return (null, Problems.ForStatus(context, 415));
        if (await ReadAllAsync(context) is not { } bytes) return (null, Problems.ForStatus(context, 413));
        try
        {
            return (JsonDocument.Parse(bytes, new JsonDocumentOptions { AllowDuplicateProperties = false }), null);
        }
        catch (JsonException e)
        {
            var place = e.LineNumber is { } line ? $" at line {line + 1}, byte {e.BytePositionInLine + 1}" : "";
            return (null, Problems.Create(400, "malformed_json", $"The body is not JSON{place}: {Plain(e)}"));
        }
    }

    /// <summary>The text of a body of YAML, or why it is none: 415, 413, or 400 for what is not UTF-8.</summary>
    public static async Task<(string? Text, Problem? Problem)> ReadYamlAsync(HttpContext context)
    {
        var type = context.Request.ContentType?.Split(';')[0].Trim().ToLowerInvariant();
        if (type is not ("application/yaml" or "application/x-yaml" or "text/yaml"))
            return (null, Problems.Create(415, "unsupported_media_type", "The body must be sent with Content-Type: application/yaml."));
        if (await ReadAllAsync(context) is not { } bytes) return (null, Problems.ForStatus(context, 413));
        try
        {
            return (StrictUtf8.GetString(bytes.Span), null);
        }
        catch (DecoderFallbackException)
        {
            return (null, Problems.Create(400, "bad_request", "The body is not UTF-8."));
        }
    }

    /// <summary>A body of a known shape: as <see cref="ReadJsonAsync"/>, and 422 where a field does not fit.</summary>
    public static async Task<(T? Value, Problem? Problem)> ReadAsync<T>(HttpContext context, JsonTypeInfo<T> type) where T : class
    {
        var (json, problem) = await ReadJsonAsync(context);
        if (json is null) return (null, problem);
        using (json)
        {
            if (json.RootElement.ValueKind is not JsonValueKind.Object)
                return (null, Problems.InvalidParameter("body", "must be a JSON object."));
            try
            {
                return (json.Deserialize(type), null);
            }
            catch (JsonException e)
            {
                var field = e.Path?.TrimStart('$', '.') is { Length: > 0 } path ? path : "body";
                return (null, Problems.InvalidParameter(field, "does not fit: it is unknown here, or of another type."));
            }
        }
    }

    // Null when there is more than MaxSize. Without the mark that some editors put before UTF-8, which belongs to no text.
    private static async Task<ReadOnlyMemory<byte>?> ReadAllAsync(HttpContext context)
    {
        if (context.Request.ContentLength > MaxSize) return null;
        var reader = context.Request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync(context.RequestAborted);
            if (read.Buffer.Length > MaxSize)
            {
                reader.AdvanceTo(read.Buffer.End);
                return null;
            }

            if (read.IsCompleted)
            {
                var bytes = read.Buffer.ToArray();
                reader.AdvanceTo(read.Buffer.End);
                return bytes is [0xEF, 0xBB, 0xBF, ..] ? bytes.AsMemory(3) : bytes;
            }

            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    private static string Plain(JsonException e) => e.Message.Split(" LineNumber:")[0].Split(" Path:")[0];
}
