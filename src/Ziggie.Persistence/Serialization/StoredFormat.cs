using System.Collections.Frozen;
using System.Runtime.Serialization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Ziggie.Persistence.Serialization;

/// <summary>Reads what is stored, by its name there, whichever version wrote it.</summary>
internal sealed class StoredFormat(IEnumerable<IUpcaster> upcasters)
{
    private readonly FrozenDictionary<string, IUpcaster> _upcasters = upcasters.ToFrozenDictionary(u => u.From);

    public static StoredFormat Current { get; } = new(Upcasters.All);

    /// <exception cref="SerializationException">The text is not of this kind, or a newer version wrote it.</exception>
    public object Read(byte[] text, string manifest)
    {
        try
        {
            return StoredTypes.ByManifest.TryGetValue(manifest, out var current) ? current.Read(text) : ReadOlder(text, manifest);
        }
        catch (JsonException e)
        {
            throw new SerializationException($"A stored '{manifest}' cannot be read: {e.Message}", e);
        }
    }

    private object ReadOlder(byte[] text, string manifest)
    {
        JsonNode? node = null;
        var name = manifest;
        while (_upcasters.TryGetValue(name, out var upcaster))
        {
            node = upcaster.Upgrade(node ?? JsonNode.Parse(text) ?? throw new JsonException("It is null."));
            name = upcaster.To;
        }
        if (node is null || !StoredTypes.ByManifest.TryGetValue(name, out var target))
        {
            throw new SerializationException(
                $"The store holds a '{manifest}', which this version of Ziggie does not know: it was written by a newer Ziggie. "
                + "Start that version or a newer one, or restore a backup from before the upgrade.");
        }
        return target.Read(node);
    }
}
