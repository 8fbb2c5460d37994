using Microsoft.Data.Sqlite;

namespace Ziggie.Persistence.Store;

/// <summary>A database file and the files that SQLite keeps beside it.</summary>
internal static class SqliteFile
{
    /// <summary>A connection of its own, closed for good when it is disposed: the file may then be moved.</summary>
    public static SqliteConnection Open(string file, SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = file, Mode = mode, Pooling = false }.ToString());
        try
        {
            connection.Open();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Makes and opens a new database that only its owner may read: it holds secrets of services and hashes of passwords.</summary>
    public static SqliteConnection Create(string file)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        // SQLite gives the log beside it the same mode.
        using (new FileStream(file, options)) { }
        return Open(file, SqliteOpenMode.ReadWrite);
    }

    public static void Execute(this SqliteConnection connection, string sql, SqliteTransaction? transaction = null)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.Transaction = transaction;
        command.ExecuteNonQuery();
    }

    public static object? Scalar(this SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }

    public static void Delete(string file)
    {
        foreach (var suffix in (string[])["", "-wal", "-shm", "-journal"]) File.Delete(file + suffix);
    }

    /// <summary>Renames the file with its log: left behind, the log would be applied to whatever takes the file's place.</summary>
    public static void Move(string file, string to)
    {
        foreach (var suffix in (string[])["-wal", "-shm", ""])
        {
            if (File.Exists(file + suffix)) File.Move(file + suffix, to + suffix);
        }
    }
}
