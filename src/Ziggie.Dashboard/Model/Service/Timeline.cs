using Ziggie.Persistence.History;

namespace Ziggie.Dashboard.Model.Service;

/// <summary>What of a service's history has been read so far, newest first.</summary>
public sealed class Timeline
{
    private readonly List<HistoryEntry> _entries = [];

    public IReadOnlyList<HistoryEntry> Entries => _entries;

    /// <summary>Where older entries begin; null when there are none.</summary>
    public HistoryCursor? Next { get; private set; }

    /// <summary>Begins anew with the newest page.</summary>
    public void Show(HistoryPage page)
    {
        _entries.Clear();
        _entries.AddRange(page.Entries);
        Next = page.Next;
    }

    /// <summary>Adds what is older.</summary>
    public void Append(HistoryPage page)
    {
        _entries.AddRange(page.Entries.Where(e => !_entries.Exists(known => known.Id == e.Id)));
        Next = page.Next;
    }

    /// <summary>
    /// Puts what has happened since in front. A page that does not reach down to what is known would leave a gap, so then it begins anew.
    /// </summary>
    /// <returns>Whether anything is new.</returns>
    public bool Prepend(HistoryPage newest)
    {
        var known = _entries.Select(e => e.Id).ToHashSet(StringComparer.Ordinal);
        var fresh = newest.Entries.TakeWhile(e => !known.Contains(e.Id)).ToList();
        if (fresh.Count == 0) return false;
        if (fresh.Count == newest.Entries.Count && newest.Next is not null) Show(newest);
        else _entries.InsertRange(0, fresh);
        return true;
    }
}
