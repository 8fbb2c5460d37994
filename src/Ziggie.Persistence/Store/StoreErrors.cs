using Microsoft.Data.Sqlite;

namespace Ziggie.Persistence.Store;

/// <summary>What went wrong underneath, as a sentence with what to do.</summary>
internal static class StoreErrors
{
    // https://www.sqlite.org/rescode.html
    private const int Perm = 3, Busy = 5, Locked = 6, ReadOnly = 8, IoError = 10, Corrupt = 11, Full = 13, CantOpen = 14, NotADatabase = 26;

    /// <param name="e">From SQLite, or from the file system.</param>
    /// <param name="file">The database file.</param>
    /// <param name="backups">Where its backups are.</param>
    public static StoreException Explain(Exception e, string file, string backups) => (e, CodeOf(e)) switch
    {
        (StoreException known, _) => known,
        (_, Full) => DiskFull(file, e),
        // A full disk also shows as a failure to write or to grow a file.
        (_, IoError or CantOpen) or (IOException, _) when IsFull(file) => DiskFull(file, e),
        (_, Corrupt) => Damaged(file, backups, e.Message, e),
        (_, NotADatabase) => NotADatabaseFile(file, backups, e),
        (_, Busy or Locked) =>
            new(StoreProblem.Busy, $"Another program holds the store {file} locked. End it (fuser {file} shows which) and start again.", e),
        (_, ReadOnly or CantOpen or Perm) or (UnauthorizedAccessException, _) =>
            new(StoreProblem.NotWritable,
                $"The store {file} or its folder cannot be written by this user. Give this user the right to write there, or set another home.", e),
        (_, IoError) =>
            new(StoreProblem.Other, $"The disk failed while the store {file} was in use: {e.Message} Check the disk, then start again.", e),
        (IOException, _) =>
            new(StoreProblem.NotWritable, $"The store {file} cannot be written: {e.Message} Correct that, or set another home.", e),
        _ => new(StoreProblem.Other, $"The store {file} cannot be used: {e.Message}", e),
    };

    public static StoreException NotADatabaseFile(string file, string backups, Exception? e = null) =>
        new(StoreProblem.NotADatabase, $"{file} is not a SQLite database. {WhatToDo(file, backups)}", e);

    public static StoreException Truncated(string file, string backups, long length, long expected) =>
        new(StoreProblem.Truncated, $"The store {file} is truncated: it has {length} bytes of {expected}. {WhatToDo(file, backups)}");

    public static StoreException Damaged(string file, string backups, string finding, Exception? e = null) =>
        new(StoreProblem.Damaged, $"The store {file} is damaged ({finding}). {WhatToDo(file, backups)}", e);

    public static StoreException Unreadable(string file, string backups, string finding) =>
        new(StoreProblem.Damaged, $"The store {file} is damaged. {finding} {WhatToDo(file, backups)}");

    public static StoreException DamagedLog(string file, string backups, string finding) =>
        new(StoreProblem.Damaged,
            $"The store {file} is damaged: {finding}. It was left as it is. {LastBackup(backups)} "
            + $"Or move {Path.GetFileName(file)}-wal and {Path.GetFileName(file)}-shm away to go on without the changes that were in the log.");

    public static StoreException Newer(string file, string backups, long found, long known) =>
        new(StoreProblem.Newer,
            $"The store {file} was written by a newer Ziggie (schema {found}; this version knows up to {known}). "
            + $"Start that version or a newer one. {LastBackup(backups)}");

    // Some calls give the extended code, whose lowest byte is the plain one.
    private static int CodeOf(Exception e) => e is SqliteException sqlite ? sqlite.SqliteErrorCode & 0xff : 0;

    private static StoreException DiskFull(string file, Exception e) =>
        new(StoreProblem.DiskFull, $"The disk that holds the store {file} is full. Make room on it and start again.", e);

    /// <summary>Less is free than SQLite needs for its smallest step.</summary>
    private static bool IsFull(string file)
    {
        try
        {
            return new DriveInfo(Path.GetDirectoryName(file)!).AvailableFreeSpace < 64 * 1024;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return false;
        }
    }

    private static string WhatToDo(string file, string backups) =>
        $"It was left as it is. {LastBackup(backups)} Or move {Path.GetFileName(file)} away to begin with an empty store.";

    private static string LastBackup(string backups) =>
        BackupFolder.Newest(backups) is { } newest
            ? $"Restore the last backup ('Ziggie.Api restore latest'), {newest}, of {BackupFolder.TimeOf(newest):yyyy-MM-dd HH:mm} UTC."
            : $"There is no backup in {backups}.";
}
