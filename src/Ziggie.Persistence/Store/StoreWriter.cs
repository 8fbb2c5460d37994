using System.Data.Common;

namespace Ziggie.Persistence.Store;

/// <summary>Plain statements that change the store: the first translated one costs a start a quarter of a second.</summary>
internal sealed class StoreWriter(PersistenceOptions options)
{
    private readonly StoreReader _reader = new(options);

    /// <summary>A connection with the settings that the store relies on.</summary>
    /// <param name="isDurable">What is committed survives a loss of power at once.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<DbConnection> OpenAsync(bool isDurable = false, CancellationToken cancellationToken = default)
    {
        var connection = await _reader.OpenAsync(cancellationToken);
        if (!_reader.IsSqlite) return connection;
        SqliteSettings.Apply(connection);
        if (isDurable) await ExecuteAsync(connection, "PRAGMA synchronous = FULL", cancellationToken);
        return connection;
    }

    /// <summary>How many rows it changed.</summary>
    public static async Task<int> ExecuteAsync(
        DbConnection connection, string sql, CancellationToken cancellationToken, params (string Name, object? Value)[] parameters)
    {
        await using var command = StoreReader.Command(connection, sql, parameters);
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>A time as a column holds it.</summary>
    public object? Time(DateTimeOffset? time) =>
        // PostgreSQL takes no other offset.
        time is not { } value ? null : _reader.IsSqlite ? SqliteTime.ToText(value) : value.ToUniversalTime();

    /// <summary>A time as it comes out of a column.</summary>
    public DateTimeOffset? TimeOf(DbDataReader row, int column) =>
        row.IsDBNull(column) ? null : _reader.IsSqlite ? SqliteTime.Parse(row.GetString(column)) : row.GetFieldValue<DateTimeOffset>(column);
}
