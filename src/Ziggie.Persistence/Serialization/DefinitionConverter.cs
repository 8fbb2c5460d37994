using System.Text.Json;
using System.Text.Json.Serialization;
using Ziggie.Actors.Domain.Definitions;

namespace Ziggie.Persistence.Serialization;

/// <summary>A definition in the same vocabulary as in YAML files and in the API: only what differs from the defaults.</summary>
internal sealed class DefinitionConverter : JsonConverter<ServiceDefinition>
{
    public override ServiceDefinition Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var result = DefinitionReader.ReadJson(JsonElement.ParseValue(ref reader));
        return result.IsValid ? result.Definitions[0] : throw new JsonException(Explain(result));
    }

    public override void Write(Utf8JsonWriter writer, ServiceDefinition value, JsonSerializerOptions options) =>
        DefinitionWriter.WriteCompact(value).WriteTo(writer, options);

    private static string Explain(DefinitionResult result) =>
        "A stored definition cannot be read by this version of Ziggie: "
        + string.Join("; ", result.Errors.Select(e => e.Field.Length == 0 ? e.Message : $"{e.Field}: {e.Message}"));
}
