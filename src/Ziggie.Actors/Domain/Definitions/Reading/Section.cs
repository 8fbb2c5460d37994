namespace Ziggie.Actors.Domain.Definitions.Reading;

/// <summary>One map whose keys are known. What was not asked for by the end is refused.</summary>
internal sealed class Section
{
    private readonly ReadContext _context;
    private readonly MapNode _map;
    private readonly string _path;
    private readonly string _name;
    private readonly Dictionary<string, MapEntry> _entries;
    private readonly List<string> _known = [];

    /// <param name="name">What kind of map it is: "service", "ready", "restart" …</param>
    public Section(ReadContext context, MapNode map, string path, string name)
    {
        (_context, _map, _path, _name) = (context, map, path, name);
        _entries = map.Entries.ToDictionary(e => e.Key, StringComparer.Ordinal);
        _ = context.Entries(map, path);
    }

    public Node Map => _map;

    public string Path => _path;

    public ReadContext Context => _context;

    public string PathOf(string key) => ReadContext.Below(_path, key);

    /// <summary>The key's value; null when it is not written or null, which is the same.</summary>
    public Node? Take(string key) => TakeWritten(key) is { IsNull: false } node ? node : null;

    /// <summary>The key's value, null as it is written included.</summary>
    public Node? TakeWritten(string key)
    {
        if (!_known.Contains(key)) _known.Add(key);
        return _entries.TryGetValue(key, out var entry) ? entry.Value : null;
    }

    /// <summary>Reads a key with <paramref name="read"/>; null when it is not written or wrong.</summary>
    public T? Value<T>(string key, Func<Node, string, T?> read)
        where T : struct => Take(key) is { } node ? read(node, PathOf(key)) : null;

    public T? Object<T>(string key, Func<Node, string, T?> read)
        where T : class => Take(key) is { } node ? read(node, PathOf(key)) : null;

    public TimeSpan? Duration(string key, TimeSpan min, TimeSpan max) => Value<TimeSpan>(key, (n, p) => _context.Duration(n, p, min, max));

    public int? Integer(string key, int min, int max) => (int?)Value<long>(key, (n, p) => _context.Integer(n, p, min, max));

    public bool? Boolean(string key) => Value<bool>(key, _context.Boolean);

    public T? Word<T>(string key, Words<T> words)
        where T : struct => Value<T>(key, (n, p) => _context.Word(n, p, words));

    /// <summary>Refuses the keys that nothing asked for.</summary>
    public void Finish()
    {
        _context.KnownKeys[_name] = _known;
        foreach (var entry in _map.Entries.Where(e => !_known.Contains(e.Key)))
        {
            var hint = Suggestions.For(entry.Key, _known);
            var all = string.Join(", ", _known);
            var owner = _path.Length == 0 ? "a service" : $"'{_name}'";
            _context.Refuse(entry.KeyPlace, PathOf(entry.Key), $"{ReadContext.Quote(entry.Key)} is no key of {owner}.{hint} Allowed are {all}.");
        }
    }
}
