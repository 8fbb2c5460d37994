using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace Ziggie.Persistence.Serialization;

/// <summary>One kind of thing in the store.</summary>
/// <param name="Manifest">Its name in the store; constant for ever.</param>
/// <param name="Type">What it is in memory.</param>
/// <param name="MakeJson">How it is written and read; asked for when it is first met, since each kind takes its time.</param>
/// <param name="Empty">For a snapshot: where members that an older text lacks have their values from. Null: all must be there.</param>
internal sealed record StoredType(string Manifest, Type Type, Func<JsonTypeInfo> MakeJson, object? Empty = null)
{
    public JsonTypeInfo Json => field ??= MakeJson();

    private JsonObject? Defaults => field ??= Empty is null ? null : JsonSerializer.SerializeToNode(Empty, Json)!.AsObject();

    public byte[] Write(object thing) => JsonSerializer.SerializeToUtf8Bytes(thing, Json);

    /// <exception cref="JsonException">The text is not of this kind.</exception>
    public object Read(ReadOnlySpan<byte> text) =>
        Empty is null
            ? JsonSerializer.Deserialize(text, Json) ?? throw new JsonException("It is null.")
            : Read(JsonNode.Parse(text) ?? throw new JsonException("It is null."));

    /// <exception cref="JsonException">The text is not of this kind.</exception>
    public object Read(JsonNode text)
    {
        // The source generator gives a member that is not in the text the default of its type, not that of its initializer.
        if (Defaults is { } defaults && text is JsonObject state)
        {
            foreach (var (name, value) in defaults) state.TryAdd(name, value?.DeepClone());
        }
        return text.Deserialize(Json) ?? throw new JsonException("It is null.");
    }
}
