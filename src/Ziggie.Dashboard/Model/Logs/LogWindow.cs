namespace Ziggie.Dashboard.Model.Logs;

/// <summary>
/// Which lines the browser holds: a bounded piece of the logs, with the positions from which they go on in both directions. The texts are
/// in the browser alone.
/// </summary>
/// <param name="sources">How many logs.</param>
public sealed class LogWindow(int sources)
{
    private readonly List<LinePlace> _lines = [];
    private readonly HashSet<(int, long)> _keys = [];

    public IReadOnlyList<LinePlace> Lines => _lines;

    /// <summary>For each source, the position before which the lines above begin.</summary>
    public long[] Top { get; private set; } = new long[sources];

    /// <summary>For each source, the position from which the lines below go on.</summary>
    public long[] Bottom { get; private set; } = new long[sources];

    public bool Contains(LinePlace place) => _keys.Contains((place.Source, place.Position));

    /// <summary>Holds other lines from now on.</summary>
    public void Reset(IEnumerable<MergedLine> lines, long[] top, long[] bottom)
    {
        _lines.Clear();
        _keys.Clear();
        (Top, Bottom) = ([.. top], [.. bottom]);
        foreach (var line in lines) Add(line.Place);
    }

    public void AddOlder(MergedPage page)
    {
        _lines.InsertRange(0, page.Lines.Select(line => line.Place));
        foreach (var line in page.Lines) _keys.Add((line.Place.Source, line.Place.Position));
        Top = [.. page.Next];
    }

    /// <summary>Takes lines at the end; one that was there unfinished stays in its place.</summary>
    public void AddNewer(IEnumerable<MergedLine> lines, long[] bottom)
    {
        foreach (var line in lines) Add(line.Place);
        Bottom = [.. bottom];
    }

    /// <summary>Lets go of the oldest lines, if there are more; they can be read again from <see cref="Top"/>.</summary>
    public bool TrimTop(int most)
    {
        var count = _lines.Count - most;
        if (count <= 0) return false;
        foreach (var line in _lines.Take(count))
        {
            Top[line.Source] = line.End;
            _keys.Remove((line.Source, line.Position));
        }
        _lines.RemoveRange(0, count);
        return true;
    }

    /// <summary>Lets go of the newest lines; they can be read again from <see cref="Bottom"/>.</summary>
    public void TrimBottom(int most)
    {
        var count = _lines.Count - most;
        if (count <= 0) return;
        foreach (var line in _lines.Skip(most).Reverse())
        {
            Bottom[line.Source] = line.Position;
            _keys.Remove((line.Source, line.Position));
        }
        _lines.RemoveRange(most, count);
    }

    private void Add(LinePlace place)
    {
        if (_keys.Add((place.Source, place.Position)))
        {
            _lines.Add(place);
            return;
        }
        var at = _lines.FindLastIndex(line => line.Source == place.Source && line.Position == place.Position);
        _lines[at] = place with { Time = _lines[at].Time };
    }
}
