using Npgsql;
using Ziggie.Persistence.Store;
using Ziggie.Persistence.Tests.Support;

namespace Ziggie.Persistence.Tests.Journal;

[Collection(PostgreSqlCollection.Name)]
public sealed class PostgreSqlJournalTests(PostgreSqlServer server)
{
    [PostgreSqlFact]
    public async Task Events_and_snapshots_come_back_on_postgresql()
    {
        var options = await server.NewDatabaseAsync();
        await JournalContract.HoldsAsync(options);

        await using var connection = new NpgsqlConnection(options.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(
            "SELECT count(*) FROM pg_indexes WHERE tablename = 'journal' AND indexdef LIKE 'CREATE UNIQUE INDEX%(persistence_id, sequence_number)'",
            connection);
        Assert.Equal(1L, await command.ExecuteScalarAsync());
    }

    [PostgreSqlFact]
    public async Task A_newer_schema_is_refused()
    {
        var options = await server.NewDatabaseAsync();
        IReadOnlyList<Migration> more = [.. Migrations.All, new(Migrations.Latest + 1, "", "CREATE TABLE extra (x INTEGER)")];
        await StoreSetup.PrepareAsync(options, more, default);

        var e = await Assert.ThrowsAsync<StoreException>(() => StoreSetup.PrepareAsync(options));

        Assert.Equal(StoreProblem.Newer, e.Problem);
    }

    [PostgreSqlFact]
    public async Task Several_that_prepare_at_once_do_not_meet()
    {
        var options = await server.NewDatabaseAsync();

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => StoreSetup.PrepareAsync(options)));
    }

    [PostgreSqlFact]
    public async Task A_database_that_is_not_there_is_said_so()
    {
        var options = await server.NewDatabaseAsync();
        options = options with { ConnectionString = options.ConnectionString!.Replace("Database=test", "Database=none") };

        var e = await Assert.ThrowsAsync<StoreException>(() => StoreSetup.PrepareAsync(options));

        Assert.Equal(StoreProblem.Unreachable, e.Problem);
        Assert.Contains("none", e.Message);
    }
}
