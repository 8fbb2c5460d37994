using Microsoft.Data.Sqlite;
using Ziggie.Persistence.Journal;
using Ziggie.Persistence.Store;
using Ziggie.Persistence.Tests.Support;

namespace Ziggie.Persistence.Tests.Journal;

public sealed class SqliteWriterTests : IDisposable
{
    private readonly TempHome _home = new();

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task A_write_that_cannot_be_is_nobody_elses_loss()
    {
        await StoreSetup.PrepareAsync(_home.Options);
        using var writer = new SqliteWriter(_home.Options);
        using var other = SqliteFile.Open(_home.Database, SqliteOpenMode.ReadWrite);

        // The first waits for the lock, so the rest waits for the first and then goes together.
        other.Execute("BEGIN IMMEDIATE");
        var first = writer.WriteAsync([Event("a", 1)]);
        var good = writer.WriteAsync([Event("b", 1), Event("b", 2)]);
        var bad = writer.WriteAsync([Event("c", 1), Event("a", 1)]);
        var last = writer.WriteAsync([Event("d", 1)]);
        other.Execute("COMMIT");

        await Task.WhenAll(first, good, last).WaitAsync(Eventually.Limit);
        await Assert.ThrowsAsync<SqliteException>(() => bad.WaitAsync(Eventually.Limit));
        Assert.Equal("a1 b1 b2 d1", other.Scalar(
            "SELECT group_concat(persistence_id || sequence_number, ' ' ORDER BY persistence_id, sequence_number) FROM journal"));
    }

    [Fact]
    public async Task What_is_under_way_is_stored_before_it_closes()
    {
        await StoreSetup.PrepareAsync(_home.Options);
        var writer = new SqliteWriter(_home.Options);
        var writes = Enumerable.Range(1, 100).Select(number => writer.WriteAsync([Event("a", number)])).ToList();

        writer.Dispose();

        await Task.WhenAll(writes).WaitAsync(Eventually.Limit);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => writer.WriteAsync([Event("a", 101)]));
        using var reader = SqliteFile.Open(_home.Database, SqliteOpenMode.ReadOnly);
        Assert.Equal(100L, reader.Scalar("SELECT count(*) FROM journal"));
    }

    private static StoredEvent Event(string id, long sequence) => new(Views.Noon.UtcTicks, id, sequence, [1, 2], "service.wanted_up.v1", 54112);
}
