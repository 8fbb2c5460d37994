using Ziggie.Persistence.Store;
using Ziggie.Persistence.Tests.Support;

namespace Ziggie.Persistence.Tests.Tables;

[Collection(PostgreSqlCollection.Name)]
public sealed class PostgreSqlServicesTableTests(PostgreSqlServer server)
{
    [PostgreSqlFact]
    public async Task The_table_shows_services_on_postgresql()
    {
        var options = await server.NewDatabaseAsync();
        await StoreSetup.PrepareAsync(options);

        await ServicesTableContract.HoldsAsync(new StoreConnections(options));
    }
}
