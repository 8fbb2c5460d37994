using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Ziggie.Actors.Live;
using Ziggie.Persistence.Store;
using Ziggie.Persistence.Tests.Support;
using Ziggie.Persistence.Tests.Tables;
using Ziggie.Persistence.Users;

namespace Ziggie.Persistence.Tests.Store;

public sealed class PersistenceServicesTests : IDisposable
{
    private readonly TempHome _home = new();

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task A_host_has_users_backups_and_the_table_of_services()
    {
        await StoreSetup.PrepareAsync(_home.Options);
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<IServiceFeed>(new FakeFeed(Views.Of(1, "a"))).AddZiggiePersistence(_home.Options);
        using var host = builder.Build();

        await host.StartAsync();

        Assert.Empty(await host.Services.GetRequiredService<IUserStore>().ListAsync());
        Assert.True(File.Exists(await host.Services.GetRequiredService<StoreBackup>().CreateAsync()));
        var connections = host.Services.GetRequiredService<StoreConnections>();
        await Eventually.HoldsAsync(() => ServicesTableContract.RowsAsync(connections), rows => rows is [{ Name: "a" }]);
        await host.StopAsync();
    }
}
