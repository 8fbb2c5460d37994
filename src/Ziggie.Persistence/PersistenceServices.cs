using Microsoft.Extensions.DependencyInjection;
using Ziggie.Persistence.History;
using Ziggie.Persistence.Portable;
using Ziggie.Persistence.Store;
using Ziggie.Persistence.Tables;
using Ziggie.Persistence.Users;

namespace Ziggie.Persistence;

/// <summary>The store's part of a host.</summary>
public static class PersistenceServices
{
    /// <summary>
    /// Users, backups, the history, and the table <c>services</c> behind the live picture, for which an
    /// <c>IServiceFeed</c> must be registered.
    /// <see cref="StoreSetup.PrepareAsync(PersistenceOptions, CancellationToken)"/> comes before the host is started.
    /// </summary>
    public static IServiceCollection AddZiggiePersistence(this IServiceCollection services, PersistenceOptions options) =>
        services
            .AddSingleton(options)
            .AddSingleton<StoreConnections>()
            .AddSingleton<StoreBackup>()
            .AddSingleton<PortableStore>()
            .AddSingleton<IUserStore, UserStore>()
            .AddSingleton<AuditTable>()
            .AddSingleton<IAudit>(provider => provider.GetRequiredService<AuditTable>())
            .AddSingleton<IHistory, StoredHistory>()
            .AddSingleton<HistoryPruner>()
            .AddSingleton<IJournalTail, JournalTail>()
            .AddHostedService<ServicesTableWriter>();
}
