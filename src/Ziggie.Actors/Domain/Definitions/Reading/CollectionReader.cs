using System.Collections.Immutable;

namespace Ziggie.Actors.Domain.Definitions.Reading;

/// <summary>Reads lists and maps of texts. Values that are numbers or booleans stand for their text, in JSON too.</summary>
internal static class CollectionReader
{
    /// <summary>A list, or a single value that stands for a list of one.</summary>
    public static ImmutableArray<T> List<T>(this ReadContext context, Node node, string path, string expected, Func<Node, string, T?> item)
        where T : struct
    {
        var items = ImmutableArray.CreateBuilder<T>();
        foreach (var (child, childPath) in context.Items(node, path, expected))
        {
            if (item(child, childPath) is { } value) items.Add(value);
        }

        return items.ToImmutable();
    }

    public static ImmutableArray<string> TextList(this ReadContext context, Node node, string path, string expected, Func<Node, string, string?> item)
    {
        var items = ImmutableArray.CreateBuilder<string>();
        foreach (var (child, childPath) in context.Items(node, path, expected))
        {
            if (item(child, childPath) is { } value) items.Add(value);
        }

        return items.ToImmutable();
    }

    public static IEnumerable<(Node Item, string Path)> Items(this ReadContext context, Node node, string path, string expected)
    {
        switch (node)
        {
            case ListNode list:
                return list.Items.Select((item, at) => (item, $"{path}[{at}]"));
            case ScalarNode { Kind: not ScalarKind.Null }:
                return [(node, path)];
            default:
                context.RefuseKind(node, path, expected);
                return [];
        }
    }

    /// <summary>A map of texts, or a list of <c>KEY=value</c>.</summary>
    /// <param name="keyProblem">What is wrong with a key, or null.</param>
    public static ImmutableSortedDictionary<string, string> TextMap(
        this ReadContext context, Node node, string path, Func<string, string?> keyProblem, bool listAllowed,
        int longestValue = ScalarReader.LongestText)
    {
        var expected = listAllowed ? "a map of KEY: value, or a list of KEY=value" : "a map of key: value";
        var result = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        var entries = node switch
        {
            MapNode map => context.Entries(map, path),
            ListNode list when listAllowed => context.Pairs(list, path),
            _ => null,
        };
        if (entries is null) context.RefuseKind(node, path, expected);
        foreach (var (key, value, place) in entries ?? [])
        {
            var keyPath = ReadContext.Below(path, key);
            if (keyProblem(key) is { } problem)
                context.Refuse(place, path, problem);
            else if (value.IsNull)
                context.Refuse(value, keyPath, "Has no value; write \"\" for an empty one.");
            else if (context.AnyText(value, keyPath, "a text", loose: true, longestValue) is { } text && !result.TryAdd(key, text))
                context.Refuse(place, keyPath, $"{ReadContext.Quote(key)} is written twice; keep one.");
        }

        return result.ToImmutable();
    }

    /// <summary>A map's entries; says which keys are written twice.</summary>
    public static IEnumerable<(string Key, Node Value, Place Place)> Entries(this ReadContext context, MapNode map, string path)
    {
        foreach (var twice in map.Duplicates)
            context.Refuse(twice.KeyPlace, ReadContext.Below(path, twice.Key), $"{ReadContext.Quote(twice.Key)} is written twice; keep one.");
        return map.Entries.Select(e => (e.Key, e.Value, e.KeyPlace));
    }

    private static IEnumerable<(string Key, Node Value, Place Place)> Pairs(this ReadContext context, ListNode list, string path)
    {
        foreach (var (item, itemPath) in context.Items(list, path, ""))
        {
            if (context.AnyText(item, itemPath, "KEY=value", loose: false) is not { } text) continue;
            var equals = text.IndexOf('=');
            if (equals < 0)
                context.Refuse(item, itemPath, "Has no '='; write KEY=value. (The daemon's own environment is inherited anyway.)");
            else
                yield return (text[..equals], new ScalarNode(text[(equals + 1)..], ScalarKind.Free, item.Place), item.Place);
        }
    }
}
