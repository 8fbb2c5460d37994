using Microsoft.Data.Sqlite;

namespace Ziggie.Persistence.Store;

/// <summary>Creates, checks and upgrades the SQLite file.</summary>
internal static class SqliteSetup
{
    public static void Prepare(PersistenceOptions options, IReadOnlyList<Migration> migrations)
    {
        var file = options.DatabasePath;
        try
        {
            Directory.CreateDirectory(options.Home);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            if (File.Exists(file)) Upgrade(options, migrations);
            else Create(options, migrations);
        }
        catch (Exception e) when (e is SqliteException or IOException or UnauthorizedAccessException)
        {
            throw StoreErrors.Explain(e, file, options.BackupFolder);
        }
    }

    // Under another name until it is whole: a file of that name is then never half made, and an empty one always a damaged one.
    private static void Create(PersistenceOptions options, IReadOnlyList<Migration> migrations)
    {
        var file = options.DatabasePath;
        if (new FileInfo(file + "-wal") is { Exists: true, Length: > 0 })
        {
            throw new StoreException(StoreProblem.Damaged,
                $"The store {file} is missing, but its log {file}-wal is there. Put the store back, or move the log away to begin with an empty store.");
        }
        var draft = file + ".new";
        SqliteFile.Delete(draft);
        try
        {
            using (var connection = SqliteFile.Create(draft))
            {
                connection.Execute($"PRAGMA application_id = {SqliteCheck.ApplicationId}");
                connection.Execute("PRAGMA journal_mode = WAL");
                Migrate(connection, 0, migrations);
            }
            File.Move(draft, file);
        }
        catch
        {
            SqliteFile.Delete(draft);
            throw;
        }
    }

    private static void Upgrade(PersistenceOptions options, IReadOnlyList<Migration> migrations)
    {
        if (SqliteLogCheck.Find(options.DatabasePath) is { } finding) throw StoreErrors.DamagedLog(options.DatabasePath, options.BackupFolder, finding);
        var version = SqliteCheck.Check(options.DatabasePath, options.BackupFolder, migrations[^1].Version);
        using var connection = SqliteFile.Open(options.DatabasePath, SqliteOpenMode.ReadWrite);
        connection.Execute("PRAGMA busy_timeout = 5000");
        if (version < migrations[^1].Version)
        {
            SqliteBackup.Create(options);
            Migrate(connection, version, migrations);
        }
        else
        {
            // One page, written only to learn now, and not with the first event, that the disk is full or read-only.
            connection.Execute($"BEGIN IMMEDIATE; PRAGMA user_version = {version}; COMMIT");
        }
        connection.Execute("PRAGMA journal_mode = WAL");
    }

    private static void Migrate(SqliteConnection connection, long version, IReadOnlyList<Migration> migrations)
    {
        foreach (var migration in migrations.Where(m => m.Version > version))
        {
            using var transaction = connection.BeginTransaction();
            connection.Execute(migration.Sqlite, transaction);
            connection.Execute($"PRAGMA user_version = {migration.Version}", transaction);
            transaction.Commit();
        }
    }
}
