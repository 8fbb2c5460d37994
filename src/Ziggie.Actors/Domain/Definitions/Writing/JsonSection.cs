using System.Text.Json.Nodes;
using Ziggie.Actors.Domain.Definitions.Values;

namespace Ziggie.Actors.Domain.Definitions.Writing;

/// <summary>One object being written: every key, or only those that differ from their default.</summary>
internal sealed class JsonSection(bool full)
{
    public JsonObject Result { get; } = [];

    public bool Full => full;

    public void Add(string key, JsonNode? value, bool isDefault)
    {
        if (full || !isDefault) Result[key] = value;
    }

    public void Add(string key, int value, int @default) => Add(key, JsonValue.Create(value), value == @default);

    public void Add(string key, double value, double @default) => Add(key, JsonValue.Create(value), value.Equals(@default));

    public void Add(string key, bool value, bool @default) => Add(key, JsonValue.Create(value), value == @default);

    public void Add(string key, string? value) => Add(key, Node(value), value is null);

    public void Add(string key, TimeSpan? value, TimeSpan? @default) =>
        Add(key, value is { } time ? Node(DurationText.Format(time)) : null, value == @default);

    public void AddSize(string key, long? value, long? @default) =>
        Add(key, value is { } size ? Node(SizeText.Format(size)) : null, value == @default);

    public void AddWord<T>(string key, T value, T @default, Words<T> words)
        where T : struct => Add(key, Node(words.TextOf(value)), EqualityComparer<T>.Default.Equals(value, @default));

    public void AddMap(string key, IEnumerable<KeyValuePair<string, string>> values)
    {
        var map = new JsonObject(values.Select(e => KeyValuePair.Create(e.Key, Node(e.Value))));
        Add(key, map, map.Count == 0);
    }

    public void AddList(string key, IReadOnlyCollection<string> values) => Add(key, List(values), values.Count == 0);

    public static JsonArray List(IEnumerable<string> values) => new([.. values.Select(Node)]);

    public static JsonNode? Node(string? value) => value is null ? null : JsonValue.Create(value);
}
