using Ziggie.Persistence.Store;

namespace Ziggie.Persistence.History;

/// <summary>The record of a store that no host has opened, for commands beside the daemon.</summary>
public static class AuditStore
{
    public static IAudit Of(PersistenceOptions options) => new AuditTable(new StoreConnections(options));
}
