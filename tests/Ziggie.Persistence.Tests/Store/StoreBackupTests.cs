using Microsoft.Data.Sqlite;
using Ziggie.Persistence.Store;
using Ziggie.Persistence.Tests.Support;

namespace Ziggie.Persistence.Tests.Store;

public sealed class StoreBackupTests : IAsyncLifetime
{
    private readonly TempHome _home = new();

    private StoreBackup Backup => new(_home.Options);

    public Task InitializeAsync() => StoreSetup.PrepareAsync(_home.Options);

    public Task DisposeAsync()
    {
        _home.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task A_backup_holds_what_is_still_in_the_log()
    {
        using var writer = SqliteFile.Open(_home.Database, SqliteOpenMode.ReadWrite);
        writer.Execute("CREATE TABLE t (x); INSERT INTO t VALUES (7)");

        var backup = await Backup.CreateAsync();

        using var copy = SqliteFile.Open(backup, SqliteOpenMode.ReadOnly);
        Assert.Equal(7L, copy.Scalar("SELECT x FROM t"));
        Assert.Equal("ok", copy.Scalar("PRAGMA quick_check"));
    }

    [Fact]
    public async Task The_store_its_log_and_its_backups_are_for_their_owner_alone()
    {
        using var writer = SqliteFile.Open(_home.Database, SqliteOpenMode.ReadWrite);
        writer.Execute("CREATE TABLE t (x)");
        var backup = await Backup.CreateAsync();

        Assert.All((string[])[_home.Database, _home.Database + "-wal", backup], IsPrivate);

        await Backup.RestoreAsync(backup);
        IsPrivate(_home.Database);
    }

    [Fact]
    public async Task The_last_seven_are_kept()
    {
        var made = new List<string>();
        for (var i = 0; i < 9; i++) made.Add(await Backup.CreateAsync());

        Assert.Equal(made.AsEnumerable().Reverse().Take(7), Backup.List());
    }

    [Fact]
    public async Task Files_of_others_in_the_folder_are_left_alone()
    {
        Directory.CreateDirectory(_home.Options.BackupFolder);
        var other = Path.Combine(_home.Options.BackupFolder, "ziggie-before-holidays.db");
        File.WriteAllText(other, "mine");

        for (var i = 0; i < 8; i++) await Backup.CreateAsync();

        Assert.True(File.Exists(other));
        Assert.DoesNotContain(other, Backup.List());
    }

    [Fact]
    public async Task A_restore_brings_back_what_was_and_keeps_what_it_replaces()
    {
        Write("CREATE TABLE t (x); INSERT INTO t VALUES (1)");
        var backup = await Backup.CreateAsync();
        Write("UPDATE t SET x = 2");

        var aside = await Backup.RestoreAsync(backup);

        Assert.Equal(1L, Read(_home.Database));
        Assert.Equal(2L, Read(aside!));
        Assert.Equal([backup], Directory.GetFiles(_home.Options.BackupFolder));
        await StoreSetup.PrepareAsync(_home.Options);
        using var restored = SqliteFile.Open(_home.Database, SqliteOpenMode.ReadOnly);
        Assert.Equal("wal", restored.Scalar("PRAGMA journal_mode"));
    }

    [Fact]
    public async Task A_damaged_store_is_replaced_with_its_log()
    {
        Write("CREATE TABLE t (x); INSERT INTO t VALUES (1)");
        var backup = await Backup.CreateAsync();
        File.WriteAllText(_home.Database, "no");
        File.WriteAllText(_home.Database + "-wal", "stale");

        var aside = await Backup.RestoreAsync(backup);

        Assert.Equal(1L, Read(_home.Database));
        Assert.Equal("no", File.ReadAllText(aside!));
        Assert.Equal("stale", File.ReadAllText(aside + "-wal"));
    }

    [Fact]
    public async Task A_missing_store_is_restored()
    {
        var backup = await Backup.CreateAsync();
        SqliteFile.Delete(_home.Database);

        Assert.Null(await Backup.RestoreAsync(backup));

        await StoreSetup.PrepareAsync(_home.Options);
    }

    [Fact]
    public async Task An_unsound_backup_replaces_nothing()
    {
        Write("CREATE TABLE t (x); INSERT INTO t VALUES (1)");
        var bad = Path.Combine(_home.Path, "bad.db");
        File.WriteAllText(bad, "not a database at all");

        var e = await Assert.ThrowsAsync<StoreException>(() => Backup.RestoreAsync(bad));

        Assert.Equal(StoreProblem.BackupInvalid, e.Problem);
        Assert.Equal(1L, Read(_home.Database));
    }

    [Fact]
    public async Task A_backup_that_is_not_there_is_said_with_the_newest_one()
    {
        var newest = await Backup.CreateAsync();

        var e = await Assert.ThrowsAsync<StoreException>(() => Backup.RestoreAsync(Path.Combine(_home.Path, "none.db")));

        Assert.Contains(newest, e.Message);
    }

    [RootFact]
    public async Task A_backup_that_does_not_fit_leaves_nothing_behind()
    {
        using var disk = new Tmpfs("1m");
        var options = new PersistenceOptions { Home = disk.Path };
        await StoreSetup.PrepareAsync(options);
        Directory.CreateDirectory(options.BackupFolder);
        disk.Fill();

        var e = await Assert.ThrowsAsync<StoreException>(() => new StoreBackup(options).CreateAsync());

        Assert.Equal(StoreProblem.DiskFull, e.Problem);
        Assert.Empty(Directory.GetFiles(options.BackupFolder));
    }

    private static void IsPrivate(string file)
    {
        // Windows has no such modes: there the folder's rights are inherited.
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
    }

    private void Write(string sql)
    {
        using var connection = SqliteFile.Open(_home.Database, SqliteOpenMode.ReadWrite);
        connection.Execute(sql);
    }

    private static object? Read(string file)
    {
        using var connection = SqliteFile.Open(file, SqliteOpenMode.ReadOnly);
        return connection.Scalar("SELECT x FROM t");
    }
}
