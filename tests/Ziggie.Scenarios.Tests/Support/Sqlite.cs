using Microsoft.Data.Sqlite;

namespace Ziggie.Scenarios.Tests.Support;

/// <summary>The store's file as anybody may read it.</summary>
internal static class Sqlite
{
    /// <summary>Moves what is in the write-ahead log into the file.</summary>
    public static Task CheckpointAsync(string path) => QueryAsync(path, "PRAGMA wal_checkpoint(TRUNCATE)");

    /// <summary>The rows, each with its values as text in the order of the columns; null for NULL.</summary>
    public static async Task<List<string?[]>> QueryAsync(string path, string sql)
    {
        await using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string?[]>();
        while (await reader.ReadAsync())
            rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(i => reader.IsDBNull(i) ? null : reader.GetString(i))]);
        return rows;
    }
}
