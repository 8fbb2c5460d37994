using System.Text.Json;

namespace Ziggie.Actors.Domain.Definitions.Reading;

/// <summary>Makes nodes from JSON.</summary>
internal static class JsonNodes
{
    /// <param name="json">The value.</param>
    /// <param name="texts">What its strings may be read as.</param>
    /// <exception cref="JsonException">A string holds half a surrogate pair, which is no text.</exception>
    public static Node From(JsonElement json, ScalarKind texts = ScalarKind.Text) => json.ValueKind switch
    {
        JsonValueKind.Object => FromObject(json, texts),
        JsonValueKind.Array => new ListNode([.. json.EnumerateArray().Select(item => From(item, texts))], default),
        JsonValueKind.String => new ScalarNode(TextOf(json), texts, default),
        JsonValueKind.Number => new ScalarNode(json.GetRawText(), ScalarKind.Number, default),
        JsonValueKind.True or JsonValueKind.False => new ScalarNode(json.GetRawText(), ScalarKind.Boolean, default),
        _ => new ScalarNode("", ScalarKind.Null, default),
    };

    private static MapNode FromObject(JsonElement json, ScalarKind texts)
    {
        var entries = new Dictionary<string, MapEntry>(StringComparer.Ordinal);
        var duplicates = new List<MapEntry>();
        foreach (var property in json.EnumerateObject())
        {
            var entry = new MapEntry(NameOf(property), From(property.Value, texts), default);
            if (!entries.TryAdd(entry.Key, entry)) duplicates.Add(entry);
        }

        return new MapNode([.. entries.Values], duplicates, default);
    }

    private static string TextOf(JsonElement json)
    {
        try
        {
            return json.GetString()!;
        }
        catch (InvalidOperationException exception)
        {
            throw new JsonException(exception.Message, exception);
        }
    }

    private static string NameOf(JsonProperty property)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException exception)
        {
            throw new JsonException(exception.Message, exception);
        }
    }
}
