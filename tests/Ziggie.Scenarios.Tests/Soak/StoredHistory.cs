using Akka.Actor;
using Microsoft.Data.Sqlite;
using Ziggie.Actors.Domain;
using Ziggie.Persistence.Serialization;

namespace Ziggie.Scenarios.Tests.Soak;

/// <summary>All events of all services, as the store has them; read while no daemon runs.</summary>
internal static class StoredHistory
{
    /// <summary>In order, by the service's name.</summary>
    public static async Task<IReadOnlyDictionary<string, IReadOnlyList<IServiceEvent>>> ReadAsync(string home)
    {
        var system = ActorSystem.Create("history");
        try
        {
            var serializer = new ZiggieSerializer((ExtendedActorSystem)system);
            var byId = new Dictionary<string, List<IServiceEvent>>();
            await using var connection = new SqliteConnection($"Data Source={Path.Combine(home, "ziggie.db")};Mode=ReadOnly;Pooling=False");
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = "SELECT persistence_id, manifest, message FROM journal WHERE persistence_id LIKE 'service-%' ORDER BY persistence_id, sequence_number";
            await using var rows = await command.ExecuteReaderAsync();
            while (await rows.ReadAsync())
            {
                if (serializer.FromBinary((byte[])rows[2], rows.GetString(1)) is not IServiceEvent happened) continue;
                if (!byId.TryGetValue(rows.GetString(0), out var events)) byId[rows.GetString(0)] = events = [];
                events.Add(happened);
            }
            return byId.Values.ToDictionary(
                events => events.OfType<ServiceEvents.Defined>().First().Definition.Name, events => (IReadOnlyList<IServiceEvent>)events);
        }
        finally
        {
            await system.Terminate();
        }
    }
}
