using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Ziggie.Persistence.Store;

/// <summary>Plain statements on the store, for what is read too often or too specially for a query translator.</summary>
internal sealed class StoreReader(PersistenceOptions options)
{
    private readonly string _connectionString = options.EffectiveConnectionString;

    public bool IsSqlite => options.Provider == StoreProvider.Sqlite;

    public async Task<DbConnection> OpenAsync(CancellationToken cancellationToken = default)
    {
        DbConnection connection = IsSqlite ? new SqliteConnection(_connectionString) : new NpgsqlConnection(_connectionString);
        await connection.OpenAsync(cancellationToken);
        return connection;
    }

    public static DbCommand Command(DbConnection connection, string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = name;
            parameter.Value = value ?? DBNull.Value;
            command.Parameters.Add(parameter);
        }
        return command;
    }
}
