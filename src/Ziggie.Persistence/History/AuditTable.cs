using System.Runtime.CompilerServices;
using LinqToDB;
using LinqToDB.Async;
using Ziggie.Persistence.Store;

namespace Ziggie.Persistence.History;

/// <summary>The table <c>audit</c>: only ever added to.</summary>
internal sealed class AuditTable(StoreConnections connections) : IAudit
{
    private readonly StoreWriter _store = new(connections.Options);

    public async Task RecordAsync(AuditEntry entry, CancellationToken cancellationToken = default)
    {
        var row = AuditRow.From(entry);
        await using var connection = await _store.OpenAsync(cancellationToken: cancellationToken);
        await StoreWriter.ExecuteAsync(
            connection,
            """
            INSERT INTO audit (created, kind, who, address, service, message, details)
            VALUES (@created, @kind, @who, @address, @service, @message, @details)
            """,
            cancellationToken, ("created", row.Created), ("kind", row.Kind), ("who", row.Who), ("address", row.Address), ("service", row.Service),
            ("message", row.Message), ("details", row.Details));
    }

    public async Task<HistoryEntry?> LastAsync(IReadOnlyCollection<string> kinds, CancellationToken cancellationToken = default)
    {
        await using var connection = await _store.OpenAsync(cancellationToken: cancellationToken);
        var sql = $"""
            SELECT id, created, kind, who, address, service, message, details FROM audit
            WHERE kind IN ({string.Join(", ", kinds.Select((_, index) => $"@k{index}"))}) ORDER BY id DESC LIMIT 1
            """;
        await using var command = StoreReader.Command(connection, sql, [.. kinds.Select((kind, index) => ($"k{index}", (object?)kind))]);
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        if (!await row.ReadAsync(cancellationToken)) return null;
        return new AuditRow
        {
            Id = row.GetInt64(0),
            Created = row.GetInt64(1),
            Kind = row.GetString(2),
            Who = Text(3),
            Address = Text(4),
            Service = Text(5),
            Message = row.GetString(6),
            Details = Text(7),
        }.ToEntry();

        string? Text(int column) => row.IsDBNull(column) ? null : row.GetString(column);
    }

    /// <summary>Newest first, in steps of what one page needs.</summary>
    public async IAsyncEnumerable<AuditRow> NewestAsync(HistoryQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var kinds = query.Kinds.Where(HistoryKinds.OfAudit.Contains).ToArray();
        if (!query.Kinds.IsEmpty && kinds.Length == 0) yield break;
        await using var db = connections.Open();
        var place = query.Before;
        while (true)
        {
            var rows = db.GetTable<AuditRow>().AsQueryable();
            if (kinds.Length > 0) rows = rows.Where(r => kinds.Contains(r.Kind));
            if (query.Service is { } service) rows = rows.Where(r => r.Service == service);
            if (query.Who is { } who) rows = rows.Where(r => r.Who == who);
            if (query.Since?.UtcTicks is { } since) rows = rows.Where(r => r.Created >= since);
            if (query.Until?.UtcTicks is { } until) rows = rows.Where(r => r.Created <= until);
            if (place is { } before)
            {
                var (created, number) = (before.Created, before.Number);
                rows = before.IsAudit
                    ? rows.Where(r => r.Created < created || (r.Created == created && r.Id < number))
                    : rows.Where(r => r.Created < created);
            }
            var found = await rows.OrderByDescending(r => r.Created).ThenByDescending(r => r.Id).Take(query.Limit + 1)
                .ToListAsync(cancellationToken);
            foreach (var row in found) yield return row;
            if (found.Count <= query.Limit) yield break;
            place = found[^1].Place;
        }
    }
}
