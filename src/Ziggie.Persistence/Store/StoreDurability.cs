namespace Ziggie.Persistence.Store;

/// <summary>Makes what has been committed survive a loss of power, without holding SQLite's lock while the disk works.</summary>
internal static class StoreDurability
{
    /// <summary>Flushes SQLite's log to the disk; PostgreSQL does that with each commit.</summary>
    public static void Harden(PersistenceOptions options)
    {
        if (options.Provider != StoreProvider.Sqlite) return;
        try
        {
            // SQLite takes its locks on other files: closing this handle releases none of them (fcntl(2) would).
            using var log = File.OpenHandle(
                options.DatabasePath + "-wal", FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
            RandomAccess.FlushToDisk(log);
        }
        catch (FileNotFoundException)
        {
            // No log: everything is in the file, and SQLite has flushed that.
        }
    }
}
