using System.IO.Compression;
using Ziggie.Persistence.History;
using Ziggie.Persistence.Portable;
using Ziggie.Persistence.Store;
using Ziggie.Persistence.Tests.Support;
using Ziggie.Persistence.Users;

namespace Ziggie.Persistence.Tests.History;

[Collection(PostgreSqlCollection.Name)]
public sealed class PortableTests(PostgreSqlServer server) : IDisposable
{
    private readonly TempHome _home = new();
    private readonly TempHome _other = new();

    public void Dispose()
    {
        _home.Dispose();
        _other.Dispose();
    }

    [Fact]
    public async Task A_store_comes_out_of_its_file_as_it_went_in()
    {
        var export = await ExportedAsync(_home.Options);

        await StoreSetup.PrepareAsync(_other.Options);
        await Portable(_other.Options).ImportAsync(export);

        await SameAsync(_home.Options, _other.Options);
    }

    [Fact]
    public async Task A_file_of_version_1_that_has_no_snapshots_is_taken()
    {
        var export = await ExportedAsync(_home.Options);
        var old = Damaged(export, "old");
        await StoreSetup.PrepareAsync(_other.Options);

        await Portable(_other.Options).ImportAsync(old);

        await SameAsync(_home.Options, _other.Options);
    }

    [PostgreSqlFact]
    public async Task A_store_goes_from_sqlite_to_postgresql_and_back()
    {
        var export = await ExportedAsync(_home.Options);
        var database = await server.NewDatabaseAsync();
        await StoreSetup.PrepareAsync(database);
        await Portable(database).ImportAsync(export);
        await SameAsync(_home.Options, database);

        using var again = new MemoryStream();
        await Portable(database).ExportAsync(again, DateTimeOffset.UtcNow);
        await StoreSetup.PrepareAsync(_other.Options);
        await Portable(_other.Options).ImportAsync(again);

        await SameAsync(_home.Options, _other.Options);
        // What was brought in is a journal like any other: it is recovered, and goes on.
        await new HistoryContract(database).GoesOnAsync();
        await new HistoryContract(_other.Options).GoesOnAsync();
    }

    [Fact]
    public async Task An_import_into_a_store_with_content_is_refused()
    {
        var export = await ExportedAsync(_home.Options);
        var e = await Assert.ThrowsAsync<StoreException>(() => Portable(_home.Options).ImportAsync(export));
        Assert.Contains("not empty", e.Message);
    }

    [Theory]
    [InlineData("no zip at all", "cannot be imported")]
    [InlineData("lacks its users", "it has no users.jsonl")]
    [InlineData("cut short", "its manifest says")]
    [InlineData("broken line", "line 2 of events.jsonl")]
    [InlineData("newer", "version 4")]
    [InlineData("of another", "another program")]
    public async Task A_file_that_is_not_whole_changes_nothing(string damage, string expected)
    {
        var export = await ExportedAsync(_home.Options);
        var file = damage is "no zip at all" ? new MemoryStream("text"u8.ToArray()) : Damaged(export, damage);
        await StoreSetup.PrepareAsync(_other.Options);

        var e = await Assert.ThrowsAsync<StoreException>(() => Portable(_other.Options).ImportAsync(file));

        Assert.Equal(StoreProblem.BackupInvalid, e.Problem);
        Assert.Contains(expected, e.Message);
        Assert.DoesNotContain("..", e.Message);
        await Portable(_other.Options).ImportAsync(export);
    }

    private static PortableStore Portable(PersistenceOptions options) => new(new StoreConnections(options));

    private static async Task<MemoryStream> ExportedAsync(PersistenceOptions options)
    {
        await new HistoryContract(options).FillAsync();
        await new UserStore(new StoreConnections(options)).AddAsync(new User
        {
            Username = "ann",
            FullName = "Ann Ü",
            HashedPassword = "hash",
            Role = UserRole.Admin,
            CreatedAt = Views.Noon,
            LastLogin = Views.Noon.AddDays(1),
        });
        var export = new MemoryStream();
        var manifest = await Portable(options).ExportAsync(export, Views.Noon);
        Assert.Equal((21, 1, 1), (manifest.Events, manifest.Users, manifest.Audit));
        return export;
    }

    private static async Task SameAsync(PersistenceOptions one, PersistenceOptions other)
    {
        Assert.Equal(await EntriesAsync(one), await EntriesAsync(other));
        Assert.Equal(await new UserStore(new StoreConnections(one)).ListAsync(), await new UserStore(new StoreConnections(other)).ListAsync());
    }

    private static async Task<List<string>> EntriesAsync(PersistenceOptions options)
    {
        var connections = new StoreConnections(options);
        var page = await new StoredHistory(connections, new AuditTable(connections)).QueryAsync(new HistoryQuery { Limit = 1000 });
        return [.. page.Entries.Select(e => $"{e with { Details = null }} {e.Details?.ToJsonString()}")];
    }

    private static MemoryStream Damaged(MemoryStream export, string damage)
    {
        var damaged = new MemoryStream();
        damaged.Write(export.ToArray());
        using var zip = new ZipArchive(damaged, ZipArchiveMode.Update, leaveOpen: true);
        switch (damage)
        {
            case "lacks its users":
                zip.GetEntry("users.jsonl")!.Delete();
                break;
            case "old":
                zip.GetEntry("snapshots.jsonl")!.Delete();
                Rewrite(zip, "manifest.json", text => text.Replace("\"version\":3", "\"version\":1").Replace(",\"snapshots\":0", "").Replace(",\"history_from\":null", ""));
                break;
            case "cut short":
                Rewrite(zip, "events.jsonl", text => string.Join('\n', text.Split('\n').SkipLast(3)));
                break;
            case "broken line":
                Rewrite(zip, "events.jsonl", text => string.Join('\n', text.Split('\n').Select((line, at) => at == 1 ? line[..20] : line)));
                break;
            case "newer":
                Rewrite(zip, "manifest.json", text => text.Replace("\"version\":3", "\"version\":4"));
                break;
            default:
                Rewrite(zip, "manifest.json", text => text.Replace("ziggie-export", "other"));
                break;
        }
        return damaged;
    }

    private static void Rewrite(ZipArchive zip, string name, Func<string, string> change)
    {
        string text;
        using (var reader = new StreamReader(zip.GetEntry(name)!.Open())) text = reader.ReadToEnd();
        zip.GetEntry(name)!.Delete();
        using var writer = new StreamWriter(zip.CreateEntry(name).Open());
        writer.Write(change(text));
    }
}
