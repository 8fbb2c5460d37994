using System.Data.Common;
using LinqToDB;
using LinqToDB.Async;
using Ziggie.Actors.Domain;
using Ziggie.Persistence.Store;

namespace Ziggie.Persistence.History;

/// <summary>Reads the journal by its own numbers, and keeps positions in the table <c>positions</c>.</summary>
internal sealed class JournalTail(StoreConnections connections, TimeProvider time) : IJournalTail
{
    private const int Batch = 500;

    /// <summary>
    /// PostgreSQL gives a number before its row can be seen: so long a number that is missing is waited for. After that nobody has it.
    /// </summary>
    private static readonly TimeSpan GapPatience = TimeSpan.FromSeconds(5);

    private const string Sql =
        """
        SELECT ordering, created, persistence_id, sequence_number, manifest, message FROM journal
        WHERE ordering > @after AND NOT deleted ORDER BY ordering LIMIT 500
        """;

    private readonly StoreReader _store = new(connections.Options);
    private readonly ServiceNames _names = new();

    public async Task<long> LastAsync(CancellationToken cancellationToken = default)
    {
        await using var connection = await _store.OpenAsync(cancellationToken);
        await using var command = StoreReader.Command(connection, "SELECT max(ordering) FROM journal");
        return await command.ExecuteScalarAsync(cancellationToken) as long? ?? 0;
    }

    // SQLite's calls block.
    public Task<TailedEvents> ReadAsync(long after, CancellationToken cancellationToken = default) =>
        Task.Run(() => ReadBatchAsync(after, cancellationToken), cancellationToken);

    public async Task<long?> FindPositionAsync(string name, CancellationToken cancellationToken = default)
    {
        await using var db = connections.Open();
        return (await db.GetTable<PositionRow>().FirstOrDefaultAsync(r => r.Name == name, cancellationToken))?.Position;
    }

    public async Task SavePositionAsync(string name, long position, CancellationToken cancellationToken = default)
    {
        await using var db = connections.Open();
        await db.InsertOrReplaceAsync(new PositionRow { Name = name, Position = position }, token: cancellationToken);
    }

    private async Task<TailedEvents> ReadBatchAsync(long after, CancellationToken cancellationToken)
    {
        await using var connection = await _store.OpenAsync(cancellationToken);
        var rows = new List<JournalRow>();
        await using (var command = StoreReader.Command(connection, Sql, ("after", after)))
        await using (var reader = await command.ExecuteReaderAsync(cancellationToken))
        {
            while (await reader.ReadAsync(cancellationToken)) rows.Add(JournalReader.RowOf(reader));
        }
        var names = await _names.ReadAsync(connection, cancellationToken);
        var events = new List<TailedEvent>();
        var position = after;
        foreach (var row in rows)
        {
            if (row.Ordering != position + 1 && IsYoung(row)) return new TailedEvents(events, position, HasMore: false);
            position = row.Ordering;
            if (await EventAsync(connection, row, names, cancellationToken) is { } found) events.Add(found);
        }
        return new TailedEvents(events, position, rows.Count == Batch);
    }

    private bool IsYoung(JournalRow row) => !_store.IsSqlite && time.GetUtcNow().UtcTicks - row.Created < GapPatience.Ticks;

    private static async Task<TailedEvent?> EventAsync(
        DbConnection connection, JournalRow row, IReadOnlyDictionary<int, RegistryEvents.Registered> names,
        CancellationToken cancellationToken)
    {
        if (!row.PersistenceId.StartsWith(JournalRow.ServicePrefix, StringComparison.Ordinal)) return null;
        if (row.Read() is not { } happened) return null;
        // What was before is looked at only where it decides.
        var before = happened is ServiceEvents.Exited or ServiceEvents.BecameReady or ServiceEvents.LaunchFailed
            or ServiceEvents.HealthChanged or ServiceEvents.Defined
            ? await JournalReader.FoldAsync(connection, row.ServiceId, row.Sequence, DateTimeOffset.MaxValue, cancellationToken)
            : ServiceState.Empty;
        var name = names.TryGetValue(row.ServiceId, out var registered) ? registered.Name : row.PersistenceId;
        return new TailedEvent(row.Ordering, EventEntries.Of(row, happened, name, before.Definition), Trouble.Of(before, happened));
    }
}
