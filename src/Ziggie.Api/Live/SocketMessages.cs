using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Ziggie.Actors;
using Ziggie.Actors.Resources;
using Ziggie.Api.Contracts;

namespace Ziggie.Api.Live;

/// <summary>Writes the messages. The services are serialized once; what differs between clients is put around them.</summary>
internal static class SocketMessages
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>The array alone.</summary>
    public static byte[] Services(IEnumerable<ServiceView> services, LiveFigures figures)
    {
        return Write(writer =>
        {
            writer.WriteStartArray();
            foreach (var service in services) JsonSerializer.Serialize(writer, ServiceBody.From(service, figures), ApiJson.Web.ServiceBody);
            writer.WriteEndArray();
        });
    }

    /// <param name="services">As <see cref="Services"/> wrote them.</param>
    /// <param name="at">When.</param>
    /// <param name="sequence">For clients who get changes from here on; null for those who get everything each time.</param>
    /// <param name="user">Who gets it.</param>
    public static byte[] Status(byte[] services, DateTimeOffset at, long? sequence, string user) => Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("type", "service_status");
        writer.WriteString("timestamp", at.UtcDateTime);
        if (sequence is { } number) writer.WriteNumber("sequence", number);
        writer.WritePropertyName("services");
        writer.WriteRawValue(services, skipInputValidation: true);
        writer.WriteString("authenticated_user", user);
        writer.WriteEndObject();
    });

    public static byte[] Changed(byte[] services, IEnumerable<string> removed, long sequence) => Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("type", "service_changed");
        writer.WriteNumber("sequence", sequence);
        writer.WritePropertyName("services");
        writer.WriteRawValue(services, skipInputValidation: true);
        writer.WriteStartArray("removed");
        foreach (var name in removed) writer.WriteStringValue(name);
        writer.WriteEndArray();
        writer.WriteEndObject();
    });

    /// <summary>What the services of the picture and the machine use.</summary>
    public static byte[] Metrics(IEnumerable<ServiceView> services, ResourcePicture picture) => Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("type", "metrics");
        writer.WriteString("timestamp", picture.At!.Value.UtcDateTime);
        writer.WriteStartArray("services");
        foreach (var service in services)
        {
            if (picture.Of(service) is { } usage)
            {
                var body = new UsageBody(service.Id, service.Name, usage.CpuPercent, usage.MemoryBytes);
                JsonSerializer.Serialize(writer, body, ApiJson.Web.UsageBody);
            }
        }
        writer.WriteEndArray();
        writer.WriteStartObject("host");
        Number(writer, "cpu_percent", picture.Host.CpuPercent);
        Number(writer, "memory_used_bytes", picture.Host.MemoryUsedBytes);
        Number(writer, "memory_total_bytes", picture.Host.MemoryTotalBytes);
        writer.WriteEndObject();
        writer.WriteEndObject();
    });

    private static void Number(Utf8JsonWriter writer, string name, double? value)
    {
        if (value is { } number) writer.WriteNumber(name, number);
        else writer.WriteNull(name);
    }

    private static byte[] Write(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(buffer, Options)) write(writer);
        return buffer.WrittenSpan.ToArray();
    }
}
