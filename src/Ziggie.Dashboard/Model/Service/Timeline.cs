using Ziggie.Persistence.History;

namespace Ziggie.Dashboard.Model.Service;

/// <summary>What of a service's history has been read so far, newest first.</summary>
public sealed class Timeline
{
    /// <summary>So many are held of what came by itself, while nobody has asked for what is older.</summary>
    public const int Most = 300;

    private readonly List<HistoryEntry> _entries = [];
    private bool _hasOlder;

    public IReadOnlyList<HistoryEntry> Entries => _entries;

    /// <summary>Where older entries begin; null when there are none.</summary>
    public HistoryCursor? Next { get; private set; }

    /// <summary>Begins anew with the newest page.</summary>
    public void Show(HistoryPage page)
    {
        _entries.Clear();
        _entries.AddRange(page.Entries);
        Next = page.Next;
        _hasOlder = false;
    }

    /// <summary>Adds what is older.</summary>
    public void Append(HistoryPage page)
    {
        _entries.AddRange(page.Entries.Where(e => !_entries.Exists(known => known.Id == e.Id)));
        Next = page.Next;
        _hasOlder = true;
    }

    /// <summary>
    /// Puts what has happened since in front. A page that does not reach down to what is known would leave a gap, so then it begins anew;
    /// also when it has become too long.
    /// </summary>
    /// <returns>Whether anything is new.</returns>
    public bool Prepend(HistoryPage newest)
    {
        var known = _entries.Select(e => e.Id).ToHashSet(StringComparer.Ordinal);
        var fresh = newest.Entries.TakeWhile(e => !known.Contains(e.Id)).ToList();
        if (fresh.Count == 0) return false;
        var hasGap = fresh.Count == newest.Entries.Count && newest.Next is not null;
        if (hasGap || (!_hasOlder && _entries.Count + fresh.Count > Most)) Show(newest);
        else _entries.InsertRange(0, fresh);
        return true;
    }
}
