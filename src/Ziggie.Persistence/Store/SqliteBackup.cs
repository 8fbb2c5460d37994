using Microsoft.Data.Sqlite;

namespace Ziggie.Persistence.Store;

/// <summary>Copies the SQLite file while it is in use, and puts a copy back.</summary>
internal static class SqliteBackup
{
    public const int Kept = 7;

    /// <summary>Returns the new backup's path.</summary>
    public static string Create(PersistenceOptions options)
    {
        try
        {
            Directory.CreateDirectory(options.BackupFolder);
            var backup = BackupFolder.NameFor(options.BackupFolder, DateTimeOffset.UtcNow);
            var draft = backup + ".part";
            try
            {
                Copy(options.DatabasePath, draft);
                File.Move(draft, backup);
            }
            finally
            {
                SqliteFile.Delete(draft);
            }
            BackupFolder.Prune(options.BackupFolder, Kept);
            return backup;
        }
        catch (Exception e) when (e is SqliteException or IOException or UnauthorizedAccessException)
        {
            throw StoreErrors.Explain(e, options.DatabasePath, options.BackupFolder);
        }
    }

    /// <summary>Returns where the replaced store is now; null when there was none.</summary>
    public static string? Restore(PersistenceOptions options, string backup)
    {
        if (!File.Exists(backup))
            throw new StoreException(StoreProblem.BackupInvalid, $"There is no backup {backup}. {Choices(options, backup)}");
        try
        {
            SqliteCheck.Check(backup, options.BackupFolder, Migrations.Latest);
        }
        catch (StoreException e)
        {
            // What to do about a store does not help with a backup.
            var what = e.Problem switch
            {
                StoreProblem.NotADatabase => "is not a SQLite database",
                StoreProblem.Truncated => "is truncated",
                StoreProblem.Damaged => "is damaged",
                StoreProblem.Foreign => "is the database of another program",
                StoreProblem.Newer => "was written by a newer Ziggie, which has to restore it",
                _ => $"cannot be read ({e.Message})",
            };
            throw new StoreException(StoreProblem.BackupInvalid, $"The backup {backup} cannot be restored: it {what}. Nothing was changed. {Choices(options, backup)}", e);
        }
        try
        {
            new StoreConnections(options).ClearPool();
            var draft = options.DatabasePath + ".new";
            SqliteFile.Delete(draft);
            Directory.CreateDirectory(Path.GetDirectoryName(draft)!);
            Copy(backup, draft);
            var aside = SetAside(options.DatabasePath);
            File.Move(draft, options.DatabasePath);
            return aside;
        }
        catch (Exception e) when (e is SqliteException or IOException or UnauthorizedAccessException)
        {
            throw StoreErrors.Explain(e, options.DatabasePath, options.BackupFolder);
        }
    }

    private static void Copy(string from, string to)
    {
        using var source = SqliteFile.Open(from, SqliteOpenMode.ReadOnly);
        using var target = SqliteFile.Create(to);
        source.BackupDatabase(target);
        // One file that can be moved and read on its own; the store itself goes back to its log when it is prepared.
        target.Execute("PRAGMA journal_mode = DELETE");
    }

    private static string? SetAside(string file)
    {
        if (!File.Exists(file) && !File.Exists(file + "-wal")) return null;
        var aside = $"{file}.replaced-{DateTime.UtcNow:yyyyMMdd'T'HHmmssfff'Z'}";
        SqliteFile.Move(file, aside);
        return aside;
    }

    private static string Choices(PersistenceOptions options, string unfit) =>
        BackupFolder.List(options.BackupFolder).LastOrDefault(backup => backup != Path.GetFullPath(unfit)) is { } newest
            ? $"The newest other one is {newest}."
            : $"There is no other in {options.BackupFolder}.";
}
