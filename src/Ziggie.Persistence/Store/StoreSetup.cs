namespace Ziggie.Persistence.Store;

/// <summary>Makes the store ready before anything else uses it.</summary>
public static class StoreSetup
{
    /// <summary>
    /// Creates the database and our tables, or checks them and brings them up to date; a backup is made before that.
    /// </summary>
    /// <exception cref="StoreException">The store cannot be used; nothing has been overwritten.</exception>
    public static Task PrepareAsync(PersistenceOptions options, CancellationToken cancellationToken = default) =>
        PrepareAsync(options, Migrations.All, cancellationToken);

    /// <summary>What to say, and to do, about content that cannot be read.</summary>
    /// <param name="options">Which store.</param>
    /// <param name="finding">A sentence that names the content.</param>
    public static StoreException Unreadable(PersistenceOptions options, string finding) => options.Provider == StoreProvider.Sqlite
        ? StoreErrors.Unreadable(options.DatabasePath, options.BackupFolder, finding)
        : new StoreException(StoreProblem.Damaged, $"{finding} The store was left as it is. Restore a backup of the database from before, then start again.");

    internal static Task PrepareAsync(PersistenceOptions options, IReadOnlyList<Migration> migrations, CancellationToken cancellationToken) =>
        options.Provider == StoreProvider.Sqlite
            // SQLite has no asynchronous calls: this keeps a long check off the caller's thread.
            ? Task.Run(() => SqliteSetup.Prepare(options, migrations), cancellationToken)
            : PostgreSqlSetup.PrepareAsync(options, migrations, cancellationToken);
}
