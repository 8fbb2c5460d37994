namespace Ziggie.Persistence.Store;

/// <summary>Backups of the SQLite store in <c>backups/</c> of the home; the last 7 are kept. PostgreSQL has its own tools.</summary>
public sealed class StoreBackup(PersistenceOptions options)
{
    /// <summary>False for PostgreSQL, where nothing of this class works.</summary>
    public bool IsSupported => options.Provider == StoreProvider.Sqlite;

    /// <summary>Where the backups are.</summary>
    public string Folder => options.BackupFolder;

    /// <summary>When a backup was made, as its name says.</summary>
    public static DateTimeOffset? TimeOf(string backup) => BackupFolder.TimeOf(backup);

    /// <summary>Copies the store, also while it is in use, and returns the copy's path.</summary>
    /// <exception cref="StoreException">The copy could not be made; the store is as it was.</exception>
    public Task<string> CreateAsync(CancellationToken cancellationToken = default) =>
        Task.Run(() => { DemandSqlite(); return SqliteBackup.Create(options); }, cancellationToken);

    /// <summary>Paths, newest first.</summary>
    public IReadOnlyList<string> List() => [.. BackupFolder.List(options.BackupFolder).Reverse()];

    /// <summary>Puts a backup in the store's place while no daemon uses it.</summary>
    /// <returns>Where the store that was replaced is now; null when there was none.</returns>
    /// <exception cref="StoreException">The backup is not sound, or the store cannot be written; nothing has been replaced.</exception>
    public Task<string?> RestoreAsync(string backup, CancellationToken cancellationToken = default) =>
        Task.Run(() => { DemandSqlite(); return SqliteBackup.Restore(options, backup); }, cancellationToken);

    private void DemandSqlite()
    {
        if (IsSupported) return;
        throw new StoreException(StoreProblem.Configuration, "The store is on PostgreSQL: use pg_dump and pg_restore for its backups.");
    }
}
