using Ziggie.Persistence.History;

namespace Ziggie.Dashboard.Model.History;

/// <summary>The part of the history that a page holds: what is new is put in front, older pages are added behind.</summary>
public sealed class HistoryPages
{
    /// <summary>On one page.</summary>
    public const int PageSize = 100;

    /// <summary>So many are held of what came by itself, while nobody has asked for what is older.</summary>
    public const int Most = 300;

    private HistoryCursor? _next;
    private bool _hasOlder;

    /// <summary>Newest first.</summary>
    public IReadOnlyList<HistoryEntry> Entries { get; private set; } = [];

    /// <summary>Whether there is something older than what is held.</summary>
    public bool HasMore => _next is not null;

    /// <summary>Whether anything was read yet.</summary>
    public bool IsLoaded { get; private set; }

    /// <summary>Takes the newest page; false when it says nothing new.</summary>
    public async Task<bool> RefreshAsync(IHistory history, HistoryQuery query, CancellationToken cancellationToken = default)
    {
        var page = await history.QueryAsync(query with { Before = null }, cancellationToken);
        var ids = page.Entries.Select(entry => entry.Id).ToHashSet(StringComparer.Ordinal);
        var older = Entries.Where(entry => !ids.Contains(entry.Id)).ToList();
        var isSame = IsLoaded && (page.Next is null ? Entries.Count == ids.Count : Entries.Count >= ids.Count)
            && Entries.Take(ids.Count).Select(entry => entry.Id).SequenceEqual(page.Entries.Select(entry => entry.Id));
        var hasGap = page.Next is not null && older.Count == Entries.Count;
        var isFull = !_hasOlder && page.Entries.Count + older.Count > Most;
        // What happened meanwhile may be more than a page: then what was held no longer joins on.
        if (!IsLoaded || hasGap || isFull || page.Next is null)
        {
            Entries = page.Entries;
            _next = page.Next;
            _hasOlder = false;
        }
        else
        {
            Entries = [.. page.Entries, .. older];
        }
        IsLoaded = true;
        return !isSame;
    }

    /// <summary>Adds what is older.</summary>
    public async Task MoreAsync(IHistory history, HistoryQuery query, CancellationToken cancellationToken = default)
    {
        if (_next is not { } next) return;
        var page = await history.QueryAsync(query with { Before = next }, cancellationToken);
        var ids = Entries.Select(entry => entry.Id).ToHashSet(StringComparer.Ordinal);
        Entries = [.. Entries, .. page.Entries.Where(entry => !ids.Contains(entry.Id))];
        _next = page.Next;
        _hasOlder = true;
    }
}
