using System.Data.Common;
using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using Ziggie.Actors.Domain;
using Ziggie.Actors.Domain.Definitions;
using Ziggie.Persistence.Serialization;
using Ziggie.Persistence.Store;

namespace Ziggie.Persistence.History;

/// <summary>Reads the services' events. SQLite's calls block: callers keep them off threads that others need.</summary>
internal sealed class JournalReader(StoreReader store)
{
    /// <summary>
    /// An event is written after it is decided; so long a busy store may take for it. What is asked for is the time of the event.
    /// </summary>
    private static readonly TimeSpan WriteDelay = TimeSpan.FromMinutes(1);

    private static readonly JsonSerializerOptions WhoJson = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private const string Columns = "ordering, created, persistence_id, sequence_number, manifest, message";

    private const string DefinedSql =
        """
        SELECT message, manifest FROM journal
        WHERE persistence_id = @id AND sequence_number < @before AND manifest LIKE 'service.defined.%' AND NOT deleted
        ORDER BY sequence_number DESC LIMIT 1
        """;

    private const string SnapshotSql =
        """
        SELECT sequence_number, manifest, snapshot FROM snapshot
        WHERE persistence_id = @id AND sequence_number < @before AND created <= @until ORDER BY sequence_number DESC LIMIT 1
        """;

    private const string LifeSql =
        $"""
        SELECT {Columns} FROM journal
        WHERE persistence_id = @id AND sequence_number > @after AND sequence_number < @before AND created <= @until AND NOT deleted
        ORDER BY sequence_number
        """;

    /// <summary>Newest first, in steps of what one page needs.</summary>
    /// <param name="query">The service's name is not looked at here.</param>
    /// <param name="services">Their ids; null for all.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async IAsyncEnumerable<JournalRow> NewestAsync(
        HistoryQuery query, IReadOnlyCollection<int>? services, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var manifests = HistoryKinds.Manifests(query.Kinds);
        if (services is { Count: 0 } || (!query.Kinds.IsEmpty && manifests.Count == 0)) yield break;
        await using var connection = await store.OpenAsync(cancellationToken);
        var place = query.Before;
        while (true)
        {
            var rows = new List<JournalRow>();
            await using (var command = Newest(connection, query, services, manifests, place))
            await using (var reader = await command.ExecuteReaderAsync(cancellationToken))
            {
                while (await reader.ReadAsync(cancellationToken)) rows.Add(RowOf(reader));
            }
            foreach (var row in rows) yield return row;
            if (rows.Count <= query.Limit) yield break;
            place = rows[^1].Place;
        }
    }

    /// <summary>The definition that a service had before an event of its; null when it had none.</summary>
    public async Task<ServiceDefinition?> DefinitionBeforeAsync(JournalRow row, CancellationToken cancellationToken)
    {
        await using var connection = await store.OpenAsync(cancellationToken);
        await using var command = StoreReader.Command(connection, DefinedSql, ("id", row.PersistenceId), ("before", row.Sequence));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        if (!await reader.ReadAsync(cancellationToken)) return null;
        return (StoredFormat.Current.Read(reader.GetFieldValue<byte[]>(0), reader.GetString(1)) as ServiceEvents.Defined)?.Definition;
    }

    /// <summary>The fold of a service's events before <paramref name="before"/> and not after <paramref name="until"/>.</summary>
    public static async Task<ServiceState> FoldAsync(
        DbConnection connection, int service, long before, DateTimeOffset until, CancellationToken cancellationToken)
    {
        var id = JournalRow.IdOf(service);
        var (state, after) = (ServiceState.Empty, 0L);
        await using (var command = StoreReader.Command(connection, SnapshotSql, ("id", id), ("before", before), ("until", until.UtcTicks)))
        await using (var reader = await command.ExecuteReaderAsync(cancellationToken))
        {
            if (await reader.ReadAsync(cancellationToken)
                && StoredFormat.Current.Read(reader.GetFieldValue<byte[]>(2), reader.GetString(1)) is ServiceState snapshot)
            {
                (state, after) = (snapshot, reader.GetInt64(0));
            }
        }
        await using var events = StoreReader.Command(connection, LifeSql,
            ("id", id), ("after", after), ("before", before), ("until", Padded(until).UtcTicks));
        await using var row = await events.ExecuteReaderAsync(cancellationToken);
        while (await row.ReadAsync(cancellationToken))
        {
            if (RowOf(row).Read() is not { } happened) continue;
            if (happened.At > until) break;
            state = ServiceCore.Evolve(state, happened);
        }
        return state;
    }

    public static JournalRow RowOf(DbDataReader reader) => new(
        reader.GetInt64(0), reader.GetInt64(1), reader.GetString(2), reader.GetInt64(3), reader.GetString(4),
        reader.GetFieldValue<byte[]>(5));

    private DbCommand Newest(
        DbConnection connection, HistoryQuery query, IReadOnlyCollection<int>? services, IReadOnlyList<string> manifests,
        HistoryCursor? place)
    {
        var command = connection.CreateCommand();
        List<string> where = ["NOT deleted"];
        where.Add(services is null
            ? $"persistence_id LIKE {Add(command, "all", JournalRow.OfServices)}"
            : $"persistence_id IN ({Parameters(command, "s", services.Select(JournalRow.IdOf))})");
        if (manifests.Count > 0) where.Add($"manifest IN ({Parameters(command, "m", manifests)})");
        if (query.Since is { } since) where.Add($"created >= {Add(command, "since", since.UtcTicks)}");
        if (query.Until is { } until) where.Add($"created <= {Add(command, "until", Padded(until).UtcTicks)}");
        if (query.Who is { } who)
        {
            // Narrows only; what a row says of who did it is looked at when it has been read.
            var text = Add(command, "who", JsonSerializer.SerializeToUtf8Bytes(who, WhoJson));
            where.Add(store.IsSqlite ? $"instr(message, {text}) > 0" : $"position({text} in message) > 0");
        }
        if (place is { } before)
        {
            var (created, number) = (Add(command, "created", before.Created), Add(command, "number", before.Number));
            // Of the same tick, events stand before what the daemon recorded.
            where.Add(before.IsAudit ? $"created <= {created}" : $"(created, ordering) < ({created}, {number})");
        }
        command.CommandText =
            $"SELECT {Columns} FROM journal WHERE {string.Join(" AND ", where)} ORDER BY created DESC, ordering DESC "
            + $"LIMIT {query.Limit + 1}";
        return command;
    }

    private static DateTimeOffset Padded(DateTimeOffset until) => until < DateTimeOffset.MaxValue - WriteDelay ? until + WriteDelay : until;

    private static string Parameters(DbCommand command, string name, IEnumerable<string> values) =>
        string.Join(", ", values.Select((value, at) => Add(command, $"{name}{at}", value)));

    private static string Add(DbCommand command, string name, object value)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = name;
        parameter.Value = value;
        command.Parameters.Add(parameter);
        return $"@{name}";
    }
}
