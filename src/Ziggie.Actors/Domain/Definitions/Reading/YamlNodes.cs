using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Ziggie.Actors.Domain.Definitions.Reading;

/// <summary>
/// Makes nodes from YAML: anchors, aliases and merge keys (<c>&lt;&lt;</c>) are resolved; tags are ignored.
/// It reads the parser's events itself, so that duplicate keys can be named one by one and no text can make it grow without bound.
/// </summary>
internal sealed class YamlNodes
{
    private const int DeepestNesting = 50;
    private const int MostAliasedNodes = 1_000_000;

    private readonly Dictionary<string, Node?> _anchors = new(StringComparer.Ordinal);
    private readonly Parser _parser;
    private int _depth;
    private int _aliased;

    private YamlNodes(IScanner scanner) => _parser = new Parser(scanner);

    /// <returns>Null for a text without content.</returns>
    /// <exception cref="YamlException">The text is no YAML, or has more than one document.</exception>
    public static Node? Read(string yaml)
    {
        RefuseHalfCharacters(yaml);
        var scanner = new Scanner(new StringReader(yaml));
        try
        {
            return new YamlNodes(scanner).ReadDocument();
        }
        catch (YamlException exception) when (FindTabBefore(yaml, exception.Start) is { } place)
        {
            throw new YamlException(place, place, "A tab stands before the text of this line; YAML takes only spaces there.");
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException or FormatException or OverflowException)
        {
            // YamlDotNet's own answer to some broken texts: "a: { b: c\n d: [}" or "!![x".
            var place = scanner.CurrentPosition;
            throw new YamlException(place, place, "Broken near here: look for a bracket that is not closed, or a text that needs quotes.");
        }
    }

    /// <summary>Half a surrogate pair is no text: it could be neither stored nor given to a program.</summary>
    private static void RefuseHalfCharacters(string yaml)
    {
        for (var i = 0; i < yaml.Length; i++)
        {
            if (!char.IsSurrogate(yaml[i])) continue;
            if (i + 1 < yaml.Length && char.IsSurrogatePair(yaml[i], yaml[i + 1]))
            {
                i++;
                continue;
            }

            var place = MarkOf(yaml, i);
            throw new YamlException(place, place, "This is not valid Unicode.");
        }
    }

    /// <summary>
    /// The tab in the indentation of the line of an error, or of one right before it: the parser itself only says that something cannot
    /// start here, often at the very beginning of the text. Null when there is none.
    /// </summary>
    private static Mark? FindTabBefore(string yaml, Mark error)
    {
        var line = 1;
        for (var start = 0; start < yaml.Length; line++)
        {
            var text = start;
            while (text < yaml.Length && yaml[text] is (' ' or '\t')) text++;
            var tab = yaml.IndexOf('\t', start, text - start);
            var isEmpty = text == yaml.Length || yaml[text] is '\n' or '\r' or '#';
            if (tab >= 0 && !isEmpty && (error.Line <= 1 || line >= error.Line - 1 && line <= error.Line + 1)) return MarkOf(yaml, tab);
            var end = yaml.IndexOf('\n', text);
            start = end < 0 ? yaml.Length : end + 1;
        }
        return null;
    }

    private static Mark MarkOf(string yaml, int index)
    {
        var before = yaml.AsSpan(0, index);
        return new Mark(index, before.Count('\n') + 1, index - before.LastIndexOf('\n'));
    }

    private Node? ReadDocument()
    {
        _parser.Consume<StreamStart>();
        if (_parser.TryConsume<StreamEnd>(out _)) return null;
        _parser.Consume<DocumentStart>();
        var root = ReadNode();
        _parser.Consume<DocumentEnd>();
        if (!_parser.TryConsume<StreamEnd>(out _))
            throw Refuse(_parser.Current!, "A second document starts here (---); put everything into one document.");
        return root.IsNull ? null : root;
    }

    private Node ReadNode()
    {
        if (_parser.TryConsume<AnchorAlias>(out var alias)) return Resolve(alias);
        var start = _parser.Consume<NodeEvent>();
        if (++_depth > DeepestNesting) throw Refuse(start, $"Nested deeper than {DeepestNesting} levels.");
        var anchor = start.Anchor.IsEmpty ? null : start.Anchor.Value;
        if (anchor is not null) _anchors[anchor] = null;
        Node node = start switch
        {
            Scalar scalar => ReadScalar(scalar),
            SequenceStart => ReadList(PlaceOf(start)),
            _ => ReadMap(PlaceOf(start)),
        };
        if (anchor is not null) _anchors[anchor] = node;
        _depth--;
        return node;
    }

    private Node Resolve(AnchorAlias alias)
    {
        if (!_anchors.TryGetValue(alias.Value.Value, out var node))
            throw Refuse(alias, $"The alias *{alias.Value} names an anchor that does not exist above this line.");
        if (node is null) throw Refuse(alias, $"The alias *{alias.Value} stands inside the very node that it names.");
        // Whoever reads the nodes visits those of an alias each time that it is used: a short text can stand for a billion.
        _aliased = (int)Math.Min(MostAliasedNodes + 1L, _aliased + node.Size);
        if (_aliased > MostAliasedNodes) throw Refuse(alias, "The aliases (*) bring in more than a million nodes in all.");
        return node;
    }

    private static ScalarNode ReadScalar(Scalar scalar)
    {
        var isNull = scalar.Style is ScalarStyle.Plain or ScalarStyle.Any && scalar.Value is "" or "~" or "null" or "Null" or "NULL";
        return new ScalarNode(scalar.Value, isNull ? ScalarKind.Null : ScalarKind.Free, PlaceOf(scalar));
    }

    private ListNode ReadList(Place place)
    {
        var items = new List<Node>();
        while (!_parser.TryConsume<SequenceEnd>(out _)) items.Add(ReadNode());
        return new ListNode(items, place);
    }

    private MapNode ReadMap(Place place)
    {
        var entries = new Dictionary<string, MapEntry>(StringComparer.Ordinal);
        var duplicates = new List<MapEntry>();
        var merges = new List<(ParsingEvent Key, Node Value)>();
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            if (!_parser.TryConsume<Scalar>(out var key))
                throw Refuse(_parser.Current!, "A key must be a simple text.");
            var entry = new MapEntry(key.Value, ReadNode(), PlaceOf(key));
            if (key is { Value: "<<", Style: ScalarStyle.Plain }) merges.Add((key, entry.Value));
            else if (!entries.TryAdd(entry.Key, entry)) duplicates.Add(entry);
        }

        foreach (var (key, value) in merges) Merge(key, value, entries, duplicates);
        return new MapNode([.. entries.Values], duplicates, place);
    }

    /// <summary>Keys of the map itself win over merged ones, and earlier merged maps over later ones.</summary>
    private void Merge(ParsingEvent key, Node value, Dictionary<string, MapEntry> entries, List<MapEntry> duplicates)
    {
        foreach (var source in value is ListNode list ? list.Items : [value])
        {
            if (source is not MapNode map) throw Refuse(key, "A merge key (<<) takes a map, or a list of maps, as in '<<: *defaults'.");
            foreach (var entry in map.Entries) entries.TryAdd(entry.Key, entry);
            duplicates.AddRange(map.Duplicates);
        }
    }

    private static Place PlaceOf(ParsingEvent part) => new((int)part.Start.Line, (int)part.Start.Column);

    private static YamlException Refuse(ParsingEvent part, string message) => new(part.Start, part.End, message);
}
