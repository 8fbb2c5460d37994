using LinqToDB;
using LinqToDB.Data;
using LinqToDB.Mapping;
using Microsoft.Data.Sqlite;

namespace Ziggie.Persistence.Store;

/// <summary>Opens the store's database, each connection with the settings that the store relies on.</summary>
public sealed class StoreConnections(PersistenceOptions options)
{
    // The provider's exact name: without a version linq2db asks the server for it on each new kind of connection.
    private readonly string _provider = options.Provider == StoreProvider.Sqlite ? ProviderName.SQLiteMS : ProviderName.PostgreSQL15;

    public PersistenceOptions Options => options;

    /// <summary>For the journal and the snapshots.</summary>
    internal DataOptions Journal => Base();

    /// <summary>For our own tables.</summary>
    internal DataConnection Open() => new(TableOptions);

    /// <summary>For what must survive a loss of power the moment it is acknowledged.</summary>
    internal DataConnection OpenDurable()
    {
        var connection = Open();
        if (options.Provider == StoreProvider.Sqlite) connection.Execute("PRAGMA synchronous = FULL");
        return connection;
    }

    private DataOptions TableOptions => field ??= Base().UseMappingSchema(Mapping());

    private DataOptions Base()
    {
        var data = new DataOptions().UseConnectionString(_provider, options.EffectiveConnectionString);
        return options.Provider == StoreProvider.Sqlite ? data.UseInterceptor(new SqliteSettings()) : data;
    }

    private MappingSchema Mapping() => options.Provider == StoreProvider.Sqlite ? SqliteTime.Mapping : MappingSchema.Default;

    /// <summary>Closes what the pool still holds open, so that the file may be moved.</summary>
    internal void ClearPool()
    {
        if (options.Provider != StoreProvider.Sqlite) return;
        using var connection = new SqliteConnection(options.EffectiveConnectionString);
        SqliteConnection.ClearPool(connection);
    }
}
