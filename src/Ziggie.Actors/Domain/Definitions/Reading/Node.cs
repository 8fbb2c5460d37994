namespace Ziggie.Actors.Domain.Definitions.Reading;

/// <summary>Where a node was written, 1-based; nulls for JSON.</summary>
internal readonly record struct Place(int? Line, int? Column);

/// <summary>What a scalar may be read as.</summary>
internal enum ScalarKind
{
    /// <summary>A JSON string: never a number, a boolean or null.</summary>
    Text,

    /// <summary>A JSON number.</summary>
    Number,

    /// <summary>A JSON true or false.</summary>
    Boolean,

    /// <summary>JSON null, or an unquoted null, ~ or nothing in YAML: as if the key were not written.</summary>
    Null,

    /// <summary>Any other YAML scalar, quoted or not: what it is depends on the key, so a port may stand in quotes and a text need not.</summary>
    Free,
}

/// <summary>One node of what was read, the same for JSON and YAML.</summary>
internal abstract class Node(Place place)
{
    public Place Place => place;

    /// <summary>How many nodes somebody visits who goes through it, those of aliases each time that they are used.</summary>
    public virtual long Size => 1;

    public bool IsNull => this is ScalarNode { Kind: ScalarKind.Null };
}

internal sealed class ScalarNode(string text, ScalarKind kind, Place place) : Node(place)
{
    /// <summary>The text as it was written, without quotes.</summary>
    public string Text => text;

    public ScalarKind Kind => kind;
}

internal sealed class ListNode(IReadOnlyList<Node> items, Place place) : Node(place)
{
    public IReadOnlyList<Node> Items => items;

    public override long Size { get; } = 1 + items.Sum(item => item.Size);
}

/// <param name="entries">One for each key, in the order written.</param>
/// <param name="duplicates">Entries whose key had been there already.</param>
internal sealed class MapNode(IReadOnlyList<MapEntry> entries, IReadOnlyList<MapEntry> duplicates, Place place) : Node(place)
{
    public IReadOnlyList<MapEntry> Entries => entries;

    public IReadOnlyList<MapEntry> Duplicates => duplicates;

    public override long Size { get; } = 1 + entries.Sum(entry => entry.Value.Size) + duplicates.Sum(entry => entry.Value.Size);
}

internal sealed record MapEntry(string Key, Node Value, Place KeyPlace);
