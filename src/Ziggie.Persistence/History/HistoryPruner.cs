using System.Data.Common;
using LinqToDB;
using LinqToDB.Async;
using Ziggie.Actors.Domain;
using Ziggie.Persistence.Serialization;
using Ziggie.Persistence.Store;

namespace Ziggie.Persistence.History;

/// <summary>
/// Takes old history out of the store, and never what a service recovers from: of one that there is, only what lies before a snapshot goes.
/// It may be killed at any moment; the next pass does the rest.
/// </summary>
public sealed class HistoryPruner(StoreConnections connections)
{
    /// <summary>The place in the table <c>positions</c> that says from when on the history is whole, in ticks of UTC.</summary>
    internal const string KeptFrom = "history-kept-from";

    /// <summary>Rows in one transaction, so that nobody waits for it.</summary>
    private const int Batch = 500;

    private const string BasesSql =
        """
        SELECT persistence_id, max(sequence_number) FROM snapshot
        WHERE created < @before AND persistence_id LIKE @services GROUP BY persistence_id
        """;

    private const string DroppedSql =
        "SELECT message, manifest FROM journal WHERE persistence_id = 'services' AND manifest LIKE 'registry.dropped.%' AND created < @before";

    /// <summary>The newest event stays, since Akka counts on from it, and so does the newest definition, which the next change is compared with.</summary>
    private const string EventsSql =
        """
        DELETE FROM journal WHERE ordering IN (
          SELECT ordering FROM journal
          WHERE persistence_id = @id AND sequence_number <= @base AND created < @before
            AND sequence_number < (SELECT max(sequence_number) FROM journal WHERE persistence_id = @id)
            AND sequence_number <> coalesce(
              (SELECT max(sequence_number) FROM journal
               WHERE persistence_id = @id AND sequence_number <= @base AND manifest LIKE 'service.defined.%'), 0)
          ORDER BY sequence_number LIMIT @batch)
        """;

    private const string SnapshotsSql = "DELETE FROM snapshot WHERE persistence_id = @id AND sequence_number < @base";

    private const string GoneSql =
        "DELETE FROM journal WHERE ordering IN (SELECT ordering FROM journal WHERE persistence_id = @id AND created < @before LIMIT @batch)";

    private const string GoneSnapshotsSql = "DELETE FROM snapshot WHERE persistence_id = @id AND created < @before";

    /// <summary>The newest of each kind stays: by it a daemon knows how the one before it ended.</summary>
    private const string AuditSql =
        """
        DELETE FROM audit WHERE id IN (
          SELECT id FROM audit WHERE created < @before AND id NOT IN (SELECT max(id) FROM audit GROUP BY kind) LIMIT @batch)
        """;

    private readonly StoreReader _store = new(connections.Options);

    /// <summary>Deletes what is older.</summary>
    /// <returns>How many events and records went.</returns>
    public Task<long> PruneAsync(DateTimeOffset before, CancellationToken cancellationToken = default) =>
        // SQLite's calls block.
        Task.Run(() => PassAsync(before, cancellationToken), cancellationToken);

    private async Task<long> PassAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        await using (var db = connections.Open())
        {
            // Said first: what is half gone must not be taken for whole. What went once does not come back when more is to be kept.
            if (!await db.GetTable<PositionRow>().AnyAsync(r => r.Name == KeptFrom && r.Position >= before.UtcTicks, cancellationToken))
                await db.InsertOrReplaceAsync(new PositionRow { Name = KeptFrom, Position = before.UtcTicks }, token: cancellationToken);
        }
        await using var connection = await _store.OpenAsync(cancellationToken);
        var pass = new Pass(connection, before.UtcTicks, cancellationToken);
        var gone = 0L;
        foreach (var id in await DroppedAsync(connection, before.UtcTicks, cancellationToken))
        {
            gone += await pass.DeleteAsync(GoneSql, id);
            await pass.DeleteOnceAsync(GoneSnapshotsSql, id, 0);
        }
        foreach (var (id, number) in await BasesAsync(connection, before.UtcTicks, cancellationToken))
        {
            gone += await pass.DeleteAsync(EventsSql, id, number);
            await pass.DeleteOnceAsync(SnapshotsSql, id, number);
        }
        return gone + await pass.DeleteAsync(AuditSql);
    }

    private static async Task<List<(string Id, long Number)>> BasesAsync(DbConnection connection, long before, CancellationToken cancellationToken)
    {
        await using var command = StoreReader.Command(connection, BasesSql, ("before", before), ("services", JournalRow.OfServices));
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        List<(string, long)> bases = [];
        while (await row.ReadAsync(cancellationToken)) bases.Add((row.GetString(0), row.GetInt64(1)));
        return bases;
    }

    /// <summary>Services that are no more: nobody recovers them, and their ids are never used again.</summary>
    private static async Task<List<string>> DroppedAsync(DbConnection connection, long before, CancellationToken cancellationToken)
    {
        await using var command = StoreReader.Command(connection, DroppedSql, ("before", before));
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        List<string> ids = [];
        while (await row.ReadAsync(cancellationToken))
        {
            if (StoredFormat.Current.Read(row.GetFieldValue<byte[]>(0), row.GetString(1)) is RegistryEvents.Dropped dropped)
                ids.Add(JournalRow.IdOf(dropped.Id));
        }
        return ids;
    }

    private sealed class Pass(DbConnection connection, long before, CancellationToken cancellationToken)
    {
        /// <summary>In batches, until nothing is left to delete.</summary>
        public async Task<long> DeleteAsync(string sql, string id = "", long number = 0)
        {
            var total = 0L;
            while (await DeleteOnceAsync(sql, id, number) is > 0 and var some) total += some;
            return total;
        }

        public async Task<int> DeleteOnceAsync(string sql, string id, long number)
        {
            await using var command = StoreReader.Command(
                connection, sql, ("id", id), ("base", number), ("before", before), ("batch", Batch));
            return await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }
}
