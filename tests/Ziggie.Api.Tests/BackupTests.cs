using Microsoft.Extensions.Logging.Abstractions;
using Xunit;
using Ziggie.Api.Backups;
using Ziggie.Api.Record;
using Ziggie.Api.Tests.Support;
using Ziggie.Persistence;
using Ziggie.Persistence.History;
using Ziggie.Persistence.Store;
using Ziggie.Persistence.Users;

namespace Ziggie.Api.Tests;

public sealed class BackupTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private PersistenceOptions Store => new() { Home = _folder.Path };

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task An_admin_makes_and_lists_backups_and_is_told_how_to_restore()
    {
        await using var daemon = await FakeDaemon.StartAsync();
        await StoreSetup.PrepareAsync(daemon.Store);
        var admin = await daemon.AdminAsync();
        Assert.Equal("""{"success":true,"backups":[]}""", (await admin.GetAsync("/api/backup")).Text);

        var first = (await admin.PostAsync("/api/backup")).Ok().GetProperty("backup");
        var second = (await admin.PostAsync("/api/backup")).Ok().GetProperty("backup");

        var file = new FileInfo(Path.Combine(daemon.Home, "backups", first.GetProperty("file").GetString()!));
        Assert.Equal(file.Length, first.GetProperty("size_bytes").GetInt64());
        Assert.InRange(first.GetProperty("created_at").GetDateTime(), DateTime.UtcNow.AddMinutes(-1), DateTime.UtcNow);
        var listed = (await admin.GetAsync("/api/backup")).Ok().GetProperty("backups").EnumerateArray().Select(b => b.GetRawText());
        Assert.Equal([second.GetRawText(), first.GetRawText()], listed);
        Assert.Contains("Restore needs the daemon stopped", (await admin.PostAsync("/api/restore")).Problem(409, "conflict").GetProperty("detail").GetString());
        var user = await daemon.UserAsync("user");
        (await user.PostAsync("/api/backup")).Problem(403, "forbidden");
        (await user.GetAsync("/api/backup")).Problem(403, "forbidden");
    }

    [Fact]
    public async Task A_backup_that_fails_says_why()
    {
        await using var daemon = await FakeDaemon.StartAsync();
        var admin = await daemon.AdminAsync();
        Assert.Contains("ziggie.db", (await admin.PostAsync("/api/backup")).Problem(503, "backup_failed").GetProperty("detail").GetString());
    }

    [Fact]
    public async Task A_backup_is_made_at_the_start_when_the_last_is_a_day_old_and_not_before()
    {
        await StoreSetup.PrepareAsync(Store);
        var backups = new StoreBackup(Store);
        await StartScheduleAsync(backups);
        await Wait.UntilAsync(() => backups.List().Count == 1, "the first backup is there");

        // One of now is enough; one of two days ago is not.
        await StartScheduleAsync(backups);
        var old = Path.Combine(_folder.Path, "backups", $"ziggie-{DateTime.UtcNow.AddDays(-2):yyyyMMdd'T'HHmmssfff'Z'}.db");
        File.Move(backups.List().Single(), old);
        await StartScheduleAsync(backups);

        await Wait.UntilAsync(() => backups.List().Count == 2, "a newer backup is there");
        Assert.Equal(old, backups.List()[1]);
    }

    [Fact]
    public async Task Restore_puts_a_backup_back_and_keeps_what_was_there()
    {
        await StoreSetup.PrepareAsync(Store);
        await AddUserAsync("before");
        var backup = await new StoreBackup(Store).CreateAsync();
        await AddUserAsync("after");

        var (code, said, _) = await RunAsync("restore", Path.GetFileName(backup));

        Assert.Equal(ExitCodes.Ok, code);
        Assert.Contains($"Restored {backup}", said);
        var aside = Directory.GetFiles(_folder.Path, "ziggie.db.replaced-*").Single(f => !f.EndsWith("-wal") && !f.EndsWith("-shm"));
        Assert.Contains(aside, said);
        Assert.Equal(["before"], await UsersAsync());
        File.Delete(aside);
        Assert.Equal(ExitCodes.Ok, (await RunAsync("restore")).Code);
        Assert.Equal(ExitCodes.Ok, (await RunAsync("restore", "latest")).Code);
        Assert.Equal(ExitCodes.Ok, (await RunAsync("restore", backup)).Code);
        Assert.Equal(["before"], await UsersAsync());
        Assert.Contains(Path.GetFileName(backup), (await RunAsync("restore", "--list")).Said);
    }

    [Fact]
    public async Task Restore_refuses_while_a_daemon_runs()
    {
        await using var daemon = await FakeDaemon.StartAsync();
        await StoreSetup.PrepareAsync(daemon.Store);
        await daemon.Backups.CreateAsync();

        var (code, _, error) = await RunOnAsync(daemon.Home, "restore", "latest");

        Assert.Equal(ExitCodes.HomeInUse, code);
        Assert.Contains($"PID {Environment.ProcessId}", error);
        Assert.Equal(ExitCodes.Ok, (await RunOnAsync(daemon.Home, "restore", "--list")).Code);
    }

    [Theory]
    [InlineData("latest", "There is no backup")]
    [InlineData("nonsense.db", "There is no backup")]
    [InlineData("foreign", "cannot be restored")]
    public async Task What_is_no_backup_is_refused_and_nothing_replaced(string wanted, string expected)
    {
        await StoreSetup.PrepareAsync(Store);
        await AddUserAsync("ann");
        if (wanted is "foreign") File.WriteAllText(wanted = Path.Combine(_folder.Path, wanted), "no database");

        var (code, _, error) = await RunAsync("restore", wanted);

        Assert.Equal(ExitCodes.Store, code);
        Assert.Contains(expected, error);
        Assert.Equal(["ann"], await UsersAsync());
    }

    [System.Diagnostics.CodeAnalysis.SuppressMessage("Interoperability", "CA1416", Justification = "The tests run on Linux.")]
    [Fact]
    public async Task A_home_goes_into_one_file_that_only_its_owner_reads_and_into_another_home()
    {
        using var other = new TempFolder();
        await StoreSetup.PrepareAsync(Store);
        await AddUserAsync("ann");
        var file = Path.Combine(_folder.Path, "export.zip");

        var (code, said, _) = await RunAsync("export", file);

        Assert.Equal(ExitCodes.Ok, code);
        Assert.Contains("1 user and", said);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        Assert.Contains("name another file, or remove that one", (await RunAsync("export", file)).Error);
        Assert.Contains("make its folder first", (await RunAsync("export", Path.Combine(_folder.Path, "none", "export.zip"))).Error);
        Assert.Equal(ExitCodes.Ok, (await RunOnAsync(other.Path, "import", file)).Code);
        var users = await new UserStore(new StoreConnections(new PersistenceOptions { Home = other.Path })).ListAsync();
        Assert.Equal(["ann"], users.Select(u => u.Username));
        Assert.Equal(ExitCodes.Store, (await RunOnAsync(other.Path, "import", file)).Code);
        Assert.Equal(ExitCodes.Usage, (await RunAsync("import")).Code);
    }

    [Fact]
    public async Task An_admin_downloads_everything_as_one_file()
    {
        await using var daemon = await FakeDaemon.StartAsync();
        await StoreSetup.PrepareAsync(daemon.Store);
        var answer = await (await daemon.AdminAsync()).GetAsync("/api/backup/export");

        Assert.Equal((200, "application/zip"), (answer.Status, answer.Type));
        Assert.StartsWith("PK", answer.Text);
        // It goes after its last byte was sent.
        await Wait.UntilAsync(() => Directory.GetFiles(Path.Combine(daemon.Home, "run"), "export-*").Length == 0, "the file is gone");
        (await (await daemon.UserAsync("user")).GetAsync("/api/backup/export")).Problem(403, "forbidden");
    }

    private async Task StartScheduleAsync(StoreBackup backups)
    {
        using var schedule = new BackupSchedule(backups, new AuditLog(AuditStore.Of(Store), TimeProvider.System, NullLogger<AuditLog>.Instance), TimeProvider.System, NullLogger<BackupSchedule>.Instance);
        await schedule.StartAsync(default);
        var count = backups.List().Count;
        // It is done, or waits for the next day: then it is cancelled at once.
        if (count == 0 || StoreBackup.TimeOf(backups.List()[0]) < DateTimeOffset.UtcNow.AddDays(-1))
            await Wait.UntilAsync(() => backups.List().Count > count, "a backup was made");
        await schedule.StopAsync(default);
    }

    private async Task AddUserAsync(string name) => Assert.NotNull(await WithUsers(users => users.AddAsync(
        new User { Username = name, HashedPassword = "x", Role = UserRole.User, IsActive = true, CreatedAt = DateTimeOffset.UtcNow })));

    private Task<string[]> UsersAsync() => WithUsers(async users => (await users.ListAsync(default)).Select(u => u.Username).ToArray());

    private async Task<T> WithUsers<T>(Func<IUserStore, Task<T>> use) => await use(new UserStore(new StoreConnections(Store)));

    private Task<(int Code, string Said, string Error)> RunAsync(params string[] args) => RunOnAsync(_folder.Path, args);

    private static async Task<(int Code, string Said, string Error)> RunOnAsync(string home, params string[] args)
    {
        using var said = new StringWriter();
        using var error = new StringWriter();
        var code = await ZiggieProgram.RunAsync([.. args, $"--ZIGGIE_HOME={home}"], (_, _) => { }, said, error).WaitAsync(Wait.Limit);
        return (code, said.ToString(), error.ToString());
    }
}
