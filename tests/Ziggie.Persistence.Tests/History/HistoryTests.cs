using Ziggie.Persistence.Tests.Support;

namespace Ziggie.Persistence.Tests.History;

public sealed class HistoryTests : IDisposable
{
    private readonly TempHome _home = new();
    private readonly TempHome _other = new();

    public void Dispose()
    {
        _home.Dispose();
        _other.Dispose();
    }

    [Fact]
    public Task What_is_old_goes_and_what_a_service_recovers_from_stays_on_sqlite() => new PruneContract(_home.Options).HoldsAsync(_other.Options);

    [Fact]
    public async Task What_happened_is_found_by_all_that_may_be_asked_on_sqlite()
    {
        var history = new HistoryContract(_home.Options);
        await history.FillAsync();
        await history.HoldsAsync();
        await history.SecretsAreMaskedAsync();
        await history.TellsWhatRanAsync();
    }
}

[Collection(PostgreSqlCollection.Name)]
public sealed class PostgreSqlHistoryTests(PostgreSqlServer server)
{
    [PostgreSqlFact]
    public async Task What_is_old_goes_and_what_a_service_recovers_from_stays_on_postgresql() =>
        await new PruneContract(await server.NewDatabaseAsync()).HoldsAsync(await server.NewDatabaseAsync());

    [PostgreSqlFact]
    public async Task What_happened_is_found_by_all_that_may_be_asked_on_postgresql()
    {
        var history = new HistoryContract(await server.NewDatabaseAsync());
        await history.FillAsync();
        await history.HoldsAsync();
        await history.SecretsAreMaskedAsync();
        await history.TellsWhatRanAsync();
    }
}
