using System.Data.Common;
using System.Text;
using Ziggie.Actors;
using Ziggie.Persistence.Store;

namespace Ziggie.Persistence.Tables;

/// <summary>Writes the table <c>services</c>.</summary>
internal sealed class ServicesTable(StoreConnections connections)
{
    /// <summary>Rows in one statement: their columns are well below what databases take as parameters.</summary>
    private const int Chunk = 50;

    private static readonly string[] Columns =
    [
        "id", "name", "description", "status", "health", "port", "pid", "command", "cwd", "is_system", "created_at", "updated_at",
    ];

    private readonly StoreWriter _store = new(connections.Options);

    /// <summary>Makes the table show these services and no others.</summary>
    public async Task ReplaceAllAsync(IEnumerable<ServiceView> services, CancellationToken cancellationToken)
    {
        await using var connection = await _store.OpenAsync(cancellationToken: cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await StoreWriter.ExecuteAsync(connection, "DELETE FROM services", cancellationToken);
        await InsertAsync(connection, services, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>Makes the table show these services as they are now, by name; null where one is no more.</summary>
    public async Task ApplyAsync(IReadOnlyDictionary<string, ServiceView?> changes, CancellationToken cancellationToken)
    {
        await using var connection = await _store.OpenAsync(cancellationToken: cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        // Delete and insert: a name may have come back with another id.
        foreach (var names in changes.Keys.Chunk(Chunk))
        {
            var sql = $"DELETE FROM services WHERE name IN ({string.Join(", ", names.Select((_, index) => $"@n{index}"))})";
            await StoreWriter.ExecuteAsync(connection, sql, cancellationToken, [.. names.Select((name, index) => ($"n{index}", (object?)name))]);
        }
        await InsertAsync(connection, changes.Values.OfType<ServiceView>(), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private async Task InsertAsync(DbConnection connection, IEnumerable<ServiceView> services, CancellationToken cancellationToken)
    {
        foreach (var views in services.Chunk(Chunk))
        {
            var sql = new StringBuilder($"INSERT INTO services ({string.Join(", ", Columns)}) VALUES ");
            var parameters = new List<(string, object?)>(views.Length * Columns.Length);
            foreach (var view in views)
            {
                sql.Append(parameters.Count == 0 ? "(" : ", (");
                var values = Values(ServiceRow.From(view));
                for (var column = 0; column < values.Length; column++)
                {
                    sql.Append(column == 0 ? "@p" : ", @p").Append(parameters.Count);
                    parameters.Add(($"p{parameters.Count}", values[column]));
                }
                sql.Append(')');
            }
            await StoreWriter.ExecuteAsync(connection, sql.ToString(), cancellationToken, [.. parameters]);
        }
    }

    private object?[] Values(ServiceRow row) =>
    [
        row.Id, row.Name, row.Description, row.Status, row.Health, row.Port, row.Pid, row.Command, row.Cwd,
        connections.Options.Provider == StoreProvider.Sqlite ? row.IsSystem ? 1 : 0 : row.IsSystem,
        _store.Time(row.CreatedAt), _store.Time(row.UpdatedAt),
    ];
}
