using System.Data.Common;
using Ziggie.Actors.Domain;
using Ziggie.Persistence.Serialization;
using Ziggie.Persistence.Store;

namespace Ziggie.Persistence.History;

/// <summary>Every service that there ever was, from the registry's events. What was read once is kept: those never change.</summary>
internal sealed class ServiceNames
{
    private const string RegistryId = "services";

    private const string Sql =
        """
        SELECT sequence_number, manifest, message FROM journal
        WHERE persistence_id = @id AND sequence_number > @after AND NOT deleted ORDER BY sequence_number
        """;

    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly Dictionary<int, RegistryEvents.Registered> _byId = [];
    private long _last;

    /// <summary>All that there are up to now, by id.</summary>
    public async Task<IReadOnlyDictionary<int, RegistryEvents.Registered>> ReadAsync(
        DbConnection connection, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            await using var command = StoreReader.Command(connection, Sql, ("id", RegistryId), ("after", _last));
            await using var row = await command.ExecuteReaderAsync(cancellationToken);
            while (await row.ReadAsync(cancellationToken))
            {
                if (StoredFormat.Current.Read(row.GetFieldValue<byte[]>(2), row.GetString(1)) is RegistryEvents.Registered registered)
                    _byId[registered.Id] = registered;
                _last = row.GetInt64(0);
            }
            return new Dictionary<int, RegistryEvents.Registered>(_byId);
        }
        finally
        {
            _gate.Release();
        }
    }
}
