using Akka.Hosting;
using Akka.Persistence.Sql.Config;
using Ziggie.Persistence.Journal;
using Ziggie.Persistence.Serialization;
using Ziggie.Persistence.Store;

namespace Ziggie.Persistence;

/// <summary>The store's part of an actor system.</summary>
public static class PersistenceHosting
{
    /// <summary>Journal and snapshots in the store, written by <see cref="ZiggieSerializer"/> alone.</summary>
    public static AkkaConfigurationBuilder WithZiggiePersistence(this AkkaConfigurationBuilder builder, PersistenceOptions options)
    {
        var file = options.Provider == StoreProvider.Sqlite ? "persistence.sqlite.conf" : "persistence.postgresql.conf";
        return builder
            .AddHoconFile(Path.Combine(AppContext.BaseDirectory, "hocon", file), HoconAddMode.Prepend)
            .WithZiggieSerializer()
            .AddSetup(new DataOptionsSetup(new StoreConnections(options).Journal))
            .AddSetup(new StoreReadSetup(options));
    }

    /// <summary>The serializer without a store, for an in-memory journal. Whatever it does not know is refused.</summary>
    public static AkkaConfigurationBuilder WithZiggieSerializer(this AkkaConfigurationBuilder builder) =>
        builder
            .AddHocon("akka.actor.serialization-settings.allow-unregistered-types = false", HoconAddMode.Prepend)
            .WithCustomSerializer("ziggie", StoredTypes.Bound, system => new ZiggieSerializer(system));
}
