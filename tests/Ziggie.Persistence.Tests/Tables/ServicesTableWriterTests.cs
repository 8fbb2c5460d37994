using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Ziggie.Actors.Domain;
using Ziggie.Persistence.Store;
using Ziggie.Persistence.Tables;
using Ziggie.Persistence.Tests.Support;

namespace Ziggie.Persistence.Tests.Tables;

public sealed class ServicesTableWriterTests : IAsyncLifetime
{
    private readonly TempHome _home = new();
    private readonly StoreConnections _connections;

    public ServicesTableWriterTests() => _connections = new StoreConnections(_home.Options);

    public Task InitializeAsync() => StoreSetup.PrepareAsync(_home.Options);

    public Task DisposeAsync()
    {
        _home.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public Task The_table_shows_services_on_sqlite() => ServicesTableContract.HoldsAsync(_connections);

    [Fact]
    public async Task At_its_start_the_whole_picture_is_written_and_what_is_no_more_goes()
    {
        await new ServicesTable(_connections).ReplaceAllAsync([Views.Of(9, "gone")], default);
        using var writer = await StartAsync(new FakeFeed(Views.Of(1, "a"), Views.Of(2, "b")));

        await ShowsAsync("1 a stopped", "2 b stopped");
    }

    [Fact]
    public async Task Changes_follow()
    {
        var feed = new FakeFeed(Views.Of(1, "a"), Views.Of(2, "b"));
        using var writer = await StartAsync(feed);
        await ShowsAsync("1 a stopped", "2 b stopped");

        feed.Show(Views.Of(1, "a", ServiceStatus.Running, 77));
        feed.Remove("b");
        feed.Show(Views.Of(3, "b"));

        await ShowsAsync("1 a running", "3 b stopped");
    }

    [Fact]
    public async Task After_an_overrun_it_begins_again_with_the_whole_picture()
    {
        var feed = new FakeFeed(Views.Of(1, "a"));
        using var writer = await StartAsync(feed);
        await ShowsAsync("1 a stopped");

        feed.Overrun(Views.Of(5, "e"));

        await ShowsAsync("5 e stopped");
        Assert.Equal(2, feed.Subscriptions);
    }

    [Fact]
    public async Task A_store_that_fails_is_tried_again()
    {
        Execute("ALTER TABLE services RENAME TO hidden");
        var feed = new FakeFeed(Views.Of(1, "a"));
        using var writer = await StartAsync(feed);
        await Eventually.HoldsAsync(() => Task.FromResult(feed.Subscriptions), n => n >= 2);

        Execute("ALTER TABLE hidden RENAME TO services");

        await ShowsAsync("1 a stopped");
    }

    [Fact]
    public async Task The_end_writes_what_is_known_last()
    {
        var feed = new FakeFeed(Views.Of(1, "a", ServiceStatus.Running, 77));
        using var writer = await StartAsync(feed);
        await ShowsAsync("1 a running");

        feed.Show(Views.Of(1, "a"));
        await writer.StopAsync(default);

        var row = Assert.Single(await ServicesTableContract.RowsAsync(_connections));
        Assert.Equal("stopped", row.Status);
        Assert.Null(row.Pid);
    }

    private async Task<ServicesTableWriter> StartAsync(FakeFeed feed)
    {
        var writer = new ServicesTableWriter(feed, _connections, NullLogger<ServicesTableWriter>.Instance);
        await writer.StartAsync(default);
        return writer;
    }

    private Task ShowsAsync(params string[] rows) =>
        Eventually.HoldsAsync(
            async () => string.Join(", ", await TextsAsync()),
            seen => seen == string.Join(", ", rows));

    private async Task<IEnumerable<string>> TextsAsync()
    {
        try
        {
            return (await ServicesTableContract.RowsAsync(_connections)).Select(r => $"{r.Id} {r.Name} {r.Status}");
        }
        catch (DbException e)
        {
            return [e.Message];
        }
    }

    private void Execute(string sql)
    {
        using var connection = SqliteFile.Open(_home.Database, SqliteOpenMode.ReadWrite);
        connection.Execute(sql);
    }
}
