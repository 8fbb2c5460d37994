using Ziggie.Persistence.Store;
using Ziggie.Persistence.Tests.Support;

namespace Ziggie.Persistence.Tests.Users;

[Collection(PostgreSqlCollection.Name)]
public sealed class PostgreSqlUserStoreTests(PostgreSqlServer server)
{
    [PostgreSqlFact]
    public async Task Users_are_kept_on_postgresql()
    {
        var options = await server.NewDatabaseAsync();
        await StoreSetup.PrepareAsync(options);

        await UserStoreContract.HoldsAsync(new StoreConnections(options));
    }
}
