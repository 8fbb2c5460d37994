using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Ziggie.Actors.Domain.Definitions;

namespace Ziggie.Actors.Domain.Configuration;

/// <summary>Says in which keys two definitions differ, for people: with the values in force, and without secrets.</summary>
internal static class KeyChanges
{
    public static ImmutableArray<KeyChange> Between(ServiceDefinition old, ServiceDefinition now)
    {
        var changed = DefinitionComparer.Changed(old, now).ToHashSet(StringComparer.Ordinal);
        var (oldClear, newClear) = (Flat(DefinitionWriter.WriteClear(old), changed), Flat(DefinitionWriter.WriteClear(now), changed));
        var (oldShown, newShown) = (Flat(DefinitionWriter.WriteFull(old), changed), Flat(DefinitionWriter.WriteFull(now), changed));
        return
        [
            .. oldClear.Keys.Union(newClear.Keys)
                .Where(key => !JsonNode.DeepEquals(oldClear.GetValueOrDefault(key), newClear.GetValueOrDefault(key)))
                .Select(key => new KeyChange(key, oldShown.GetValueOrDefault(key), newShown.GetValueOrDefault(key))),
        ];
    }

    /// <summary>Each value by its path; lists are values.</summary>
    private static Dictionary<string, JsonNode?> Flat(JsonObject definition, HashSet<string> keys)
    {
        var flat = new Dictionary<string, JsonNode?>(StringComparer.Ordinal);
        foreach (var (key, value) in definition.Where(e => keys.Contains(e.Key))) Add(key, value);
        return flat;

        void Add(string path, JsonNode? value)
        {
            if (value is not JsonObject map) flat[path] = value?.DeepClone();
            else foreach (var (key, inner) in map) Add($"{path}.{key}", inner);
        }
    }
}
