namespace Ziggie.Dashboard.Model.Services;

/// <summary>Services that were ticked, to do something to all of them. Not those that have left the view since.</summary>
public sealed class Selection
{
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    public int Count => _names.Count;

    public IReadOnlyCollection<string> Names => _names;

    public bool Contains(string name) => _names.Contains(name);

    public void Toggle(string name)
    {
        if (!_names.Remove(name)) _names.Add(name);
    }

    /// <summary>All of these, or, when all of them are ticked already, none.</summary>
    public void ToggleAll(IEnumerable<string> names)
    {
        var shown = names.ToList();
        if (shown.Count > 0 && shown.All(_names.Contains)) _names.ExceptWith(shown);
        else _names.UnionWith(shown);
    }

    /// <summary>Keeps only what is shown: nobody shall stop what they do not see.</summary>
    public void Keep(IEnumerable<string> shown) => _names.IntersectWith(shown);

    public void Clear() => _names.Clear();
}
