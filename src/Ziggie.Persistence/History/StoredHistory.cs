using LinqToDB;
using LinqToDB.Async;
using Ziggie.Actors.Domain;
using Ziggie.Persistence.Store;

namespace Ziggie.Persistence.History;

/// <summary>Merges what the journal and the table <c>audit</c> say.</summary>
internal sealed class StoredHistory(StoreConnections connections, AuditTable audit) : IHistory
{
    private readonly StoreReader _store = new(connections.Options);
    private readonly JournalReader _journal = new(new StoreReader(connections.Options));
    private readonly ServiceNames _names = new();

    // SQLite's calls block: on a thread of the pool they keep no request's thread from its work.
    public Task<HistoryPage> QueryAsync(HistoryQuery query, CancellationToken cancellationToken = default) =>
        Task.Run(() => ReadPageAsync(query, cancellationToken), cancellationToken);

    public async Task<bool> KnowsAsync(string service, CancellationToken cancellationToken = default) =>
        (await NamesAsync(cancellationToken)).Values.Any(r => r.Name == service);

    public async Task<DateTimeOffset?> KeptFromAsync(CancellationToken cancellationToken = default)
    {
        await using var db = connections.Open();
        var row = await db.GetTable<PositionRow>().FirstOrDefaultAsync(r => r.Name == HistoryPruner.KeptFrom, cancellationToken);
        return row is null ? null : new DateTimeOffset(row.Position, TimeSpan.Zero);
    }

    public Task<IReadOnlyList<PastService>> AtAsync(DateTimeOffset time, CancellationToken cancellationToken = default) =>
        Task.Run(() => FoldAllAsync(time, cancellationToken), cancellationToken);

    private async Task<HistoryPage> ReadPageAsync(HistoryQuery query, CancellationToken cancellationToken)
    {
        var names = await NamesAsync(cancellationToken);
        var services = query.Service is { } name ? names.Values.Where(r => r.Name == name).Select(r => r.Id).ToList() : null;
        await using var events = _journal.NewestAsync(query, services, cancellationToken).GetAsyncEnumerator(cancellationToken);
        await using var records = audit.NewestAsync(query, cancellationToken).GetAsyncEnumerator(cancellationToken);
        var (hasEvent, hasRecord) = (await events.MoveNextAsync(), await records.MoveNextAsync());
        var entries = new List<HistoryEntry>(query.Limit);
        HistoryCursor? last = null;
        while (hasEvent || hasRecord)
        {
            HistoryEntry? entry;
            HistoryCursor place;
            if (hasEvent && (!hasRecord || events.Current.Place.CompareTo(records.Current.Place) > 0))
            {
                place = events.Current.Place;
                entry = await EntryAsync(events.Current, names, query, cancellationToken);
                hasEvent = await events.MoveNextAsync();
            }
            else
            {
                (place, entry) = (records.Current.Place, records.Current.ToEntry());
                hasRecord = await records.MoveNextAsync();
            }
            if (entry is null) continue;
            // There is one more than fits: the next page begins after the last that does.
            if (entries.Count == query.Limit) return new HistoryPage(entries, last);
            entries.Add(entry);
            last = place;
        }
        return new HistoryPage(entries, null);
    }

    /// <summary>Null when it does not fit after all.</summary>
    private async Task<HistoryEntry?> EntryAsync(
        JournalRow row, IReadOnlyDictionary<int, RegistryEvents.Registered> names, HistoryQuery query, CancellationToken cancellationToken)
    {
        var happened = row.Read();
        if (happened is not null && (happened.At < query.Since || happened.At > query.Until)) return null;
        var before = happened is ServiceEvents.Defined ? await _journal.DefinitionBeforeAsync(row, cancellationToken) : null;
        var name = names.TryGetValue(row.ServiceId, out var registered) ? registered.Name : row.PersistenceId;
        var entry = EventEntries.Of(row, happened, name, before);
        return query.Who is { } who && entry.Who != who ? null : entry;
    }

    private async Task<IReadOnlyList<PastService>> FoldAllAsync(DateTimeOffset time, CancellationToken cancellationToken)
    {
        await using var connection = await _store.OpenAsync(cancellationToken);
        var services = new List<PastService>();
        foreach (var registered in (await _names.ReadAsync(connection, cancellationToken)).Values.Where(r => r.At <= time))
        {
            var state = await JournalReader.FoldAsync(connection, registered.Id, long.MaxValue, time, cancellationToken);
            if (state is { Definition: not null, IsRemoved: false }) services.Add(new PastService(registered.Id, state));
        }
        services.Sort((a, b) => string.CompareOrdinal(a.State.Definition!.Name, b.State.Definition!.Name));
        return services;
    }

    private async Task<IReadOnlyDictionary<int, RegistryEvents.Registered>> NamesAsync(CancellationToken cancellationToken)
    {
        await using var connection = await _store.OpenAsync(cancellationToken);
        return await _names.ReadAsync(connection, cancellationToken);
    }
}
