using Microsoft.Data.Sqlite;
using Ziggie.Persistence.Store;
using Ziggie.Persistence.Tests.Support;

namespace Ziggie.Persistence.Tests.Store;

public sealed class StoreSetupTests : IDisposable
{
    private readonly TempHome _home = new();

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task A_new_store_is_in_wal_mode_with_our_mark_and_schema()
    {
        await StoreSetup.PrepareAsync(_home.Options);

        Assert.Equal("wal", Scalar("PRAGMA journal_mode"));
        Assert.Equal((long)SqliteCheck.ApplicationId, Scalar("PRAGMA application_id"));
        Assert.Equal(Migrations.Latest, Scalar("PRAGMA user_version"));
        Assert.Equal(2L, Scalar("SELECT count(*) FROM sqlite_schema WHERE name IN ('services', 'users')"));
    }

    [Fact]
    public async Task A_store_that_is_prepared_again_keeps_its_content()
    {
        await StoreSetup.PrepareAsync(_home.Options);
        Execute("INSERT INTO users VALUES (1, 'admin', NULL, NULL, 'x', 'admin', 1, '2026-01-01T00:00:00Z', NULL)");

        await StoreSetup.PrepareAsync(_home.Options);

        Assert.Equal(1L, Scalar("SELECT count(*) FROM users"));
    }

    [Fact]
    public async Task A_first_start_that_was_cut_short_begins_again()
    {
        File.WriteAllText(_home.Database + ".new", "half");

        await StoreSetup.PrepareAsync(_home.Options);

        Assert.False(File.Exists(_home.Database + ".new"));
        Assert.Equal("ok", Scalar("PRAGMA quick_check"));
    }

    [Fact]
    public async Task An_empty_file_is_a_truncated_store()
    {
        File.WriteAllText(_home.Database, "");

        await RefusedAsync(StoreProblem.Truncated, "truncated");
    }

    [Fact]
    public async Task A_text_file_is_not_a_database()
    {
        File.WriteAllText(_home.Database, "services: {}");

        await RefusedAsync(StoreProblem.NotADatabase, "not a SQLite database");
    }

    [Fact]
    public async Task The_database_of_another_program_is_left_alone()
    {
        Execute("CREATE TABLE theirs (x)", SqliteOpenMode.ReadWriteCreate);

        await RefusedAsync(StoreProblem.Foreign, "another program");
    }

    [Theory]
    [InlineData(50)]
    [InlineData(4096)]
    [InlineData(10_000)]
    public async Task A_truncated_store_is_said_to_be_truncated(int length)
    {
        await FilledAsync();
        using (var file = File.OpenWrite(_home.Database)) file.SetLength(length);

        await RefusedAsync(StoreProblem.Truncated, "truncated");
    }

    [Fact]
    public async Task A_damaged_store_is_said_to_be_damaged()
    {
        await FilledAsync();
        using (var file = File.OpenWrite(_home.Database))
        {
            // Every page but the first: whichever it is, a tree is broken.
            file.Position = 4096;
            file.Write(Enumerable.Repeat((byte)0xEE, (int)file.Length - 4096).ToArray());
        }

        await RefusedAsync(StoreProblem.Damaged, "damaged");
    }

    [Fact]
    public async Task A_newer_store_is_refused_with_both_versions()
    {
        await StoreSetup.PrepareAsync(_home.Options);
        Execute("PRAGMA user_version = 77");

        await RefusedAsync(StoreProblem.Newer, $"schema 77; this version knows up to {Migrations.Latest}");
    }

    [Fact]
    public async Task A_log_without_its_store_is_not_thrown_away()
    {
        File.WriteAllText(_home.Database + "-wal", "precious");

        var e = await Assert.ThrowsAsync<StoreException>(() => StoreSetup.PrepareAsync(_home.Options));

        Assert.Equal(StoreProblem.Damaged, e.Problem);
        Assert.Equal("precious", File.ReadAllText(_home.Database + "-wal"));
        Assert.False(File.Exists(_home.Database));
    }

    [Fact]
    public async Task The_sentence_names_the_last_backup()
    {
        await StoreSetup.PrepareAsync(_home.Options);
        var backup = await new StoreBackup(_home.Options).CreateAsync();
        File.WriteAllText(_home.Database, "no");

        await RefusedAsync(StoreProblem.NotADatabase, backup);
    }

    [Fact]
    public async Task The_sentence_says_when_there_is_no_backup()
    {
        File.WriteAllText(_home.Database, "no");

        await RefusedAsync(StoreProblem.NotADatabase, "There is no backup");
    }

    [Fact]
    public async Task A_home_that_cannot_be_made_is_said_so()
    {
        var file = Path.Combine(_home.Path, "file");
        File.WriteAllText(file, "");

        var e = await Assert.ThrowsAsync<StoreException>(
            () => StoreSetup.PrepareAsync(new PersistenceOptions { Home = Path.Combine(file, "home") }));

        Assert.Equal(StoreProblem.NotWritable, e.Problem);
    }

    [Fact]
    public async Task An_older_schema_is_upgraded_in_order_after_a_backup()
    {
        await StoreSetup.PrepareAsync(_home.Options);
        IReadOnlyList<Migration> more =
        [
            .. Migrations.All,
            new(Migrations.Latest + 1, "CREATE TABLE extra (x)", ""),
            new(Migrations.Latest + 2, "INSERT INTO extra VALUES (5)", ""),
        ];

        await StoreSetup.PrepareAsync(_home.Options, more, default);

        Assert.Equal(5L, Scalar("SELECT x FROM extra"));
        Assert.Equal(Migrations.Latest + 2, Scalar("PRAGMA user_version"));
        var backup = Assert.Single(new StoreBackup(_home.Options).List());
        Assert.Equal(Migrations.Latest, SqliteCheck.Check(backup, _home.Options.BackupFolder, Migrations.Latest));
    }

    [Fact]
    public async Task A_migration_that_fails_leaves_the_schema_before_it()
    {
        await StoreSetup.PrepareAsync(_home.Options);
        IReadOnlyList<Migration> more = [.. Migrations.All, new(Migrations.Latest + 1, "CREATE TABLE extra (x); NONSENSE", "")];

        await Assert.ThrowsAsync<StoreException>(() => StoreSetup.PrepareAsync(_home.Options, more, default));

        Assert.Equal(Migrations.Latest, Scalar("PRAGMA user_version"));
        Assert.Equal(0L, Scalar("SELECT count(*) FROM sqlite_schema WHERE name = 'extra'"));
    }

    [RootFact]
    public async Task A_full_disk_is_said_before_anything_starts()
    {
        using var disk = new Tmpfs("1m");
        var options = new PersistenceOptions { Home = disk.Path };
        await StoreSetup.PrepareAsync(options);
        var before = File.ReadAllBytes(options.DatabasePath);
        disk.Fill();

        var e = await Assert.ThrowsAsync<StoreException>(() => StoreSetup.PrepareAsync(options));

        Assert.Equal(StoreProblem.DiskFull, e.Problem);
        Assert.Contains("full", e.Message);
        Assert.Equal(before, File.ReadAllBytes(options.DatabasePath));
    }

    [RootFact]
    public async Task A_disk_that_is_full_from_the_start_gets_no_half_made_store()
    {
        using var disk = new Tmpfs("64k");
        disk.Fill();
        var options = new PersistenceOptions { Home = disk.Path };

        var e = await Assert.ThrowsAsync<StoreException>(() => StoreSetup.PrepareAsync(options));

        Assert.Equal(StoreProblem.DiskFull, e.Problem);
        Assert.False(File.Exists(options.DatabasePath));
    }

    [RootFact]
    public async Task A_read_only_folder_is_said_so()
    {
        using var disk = new Tmpfs("1m");
        var options = new PersistenceOptions { Home = disk.Path };
        await StoreSetup.PrepareAsync(options);
        disk.MakeReadOnly();

        var e = await Assert.ThrowsAsync<StoreException>(() => StoreSetup.PrepareAsync(options));

        Assert.Equal(StoreProblem.NotWritable, e.Problem);
        Assert.Contains(options.DatabasePath, e.Message);
    }

    private async Task FilledAsync()
    {
        await StoreSetup.PrepareAsync(_home.Options);
        Execute(
            """
            CREATE TABLE filler (x);
            INSERT INTO filler WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100) SELECT randomblob(1000) FROM n;
            """);
        Assert.True(new FileInfo(_home.Database).Length > 100_000);
    }

    /// <summary>The store is refused for this reason, and no byte of it has changed.</summary>
    private async Task RefusedAsync(StoreProblem problem, string text)
    {
        var before = File.ReadAllBytes(_home.Database);

        var e = await Assert.ThrowsAsync<StoreException>(() => StoreSetup.PrepareAsync(_home.Options));

        Assert.Equal(problem, e.Problem);
        Assert.Contains(text, e.Message);
        Assert.Contains(_home.Database, e.Message);
        Assert.Equal(before, File.ReadAllBytes(_home.Database));
    }

    private object? Scalar(string sql)
    {
        using var connection = SqliteFile.Open(_home.Database, SqliteOpenMode.ReadOnly);
        return connection.Scalar(sql);
    }

    private void Execute(string sql, SqliteOpenMode mode = SqliteOpenMode.ReadWrite)
    {
        using var connection = SqliteFile.Open(_home.Database, mode);
        connection.Execute(sql);
    }
}
