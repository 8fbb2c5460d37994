using Npgsql;

namespace Ziggie.Persistence.Store;

/// <summary>Creates and upgrades our tables on PostgreSQL; the database itself must exist.</summary>
internal static class PostgreSqlSetup
{
    /// <summary>Two daemons that start at once migrate one after the other.</summary>
    private const long Lock = 0x5A494747;

    public static async Task PrepareAsync(
        PersistenceOptions options, IReadOnlyList<Migration> migrations, CancellationToken cancellationToken)
    {
        var builder = new NpgsqlConnectionStringBuilder(options.EffectiveConnectionString);
        var place = $"the database '{builder.Database}' on {builder.Host}";
        try
        {
            await using var connection = new NpgsqlConnection(options.EffectiveConnectionString);
            await connection.OpenAsync(cancellationToken);
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            await ExecuteAsync(connection, $"SELECT pg_advisory_xact_lock({Lock})", cancellationToken);
            await ExecuteAsync(connection, "CREATE TABLE IF NOT EXISTS schema_version (version BIGINT NOT NULL)", cancellationToken);
            var version = await VersionAsync(connection, cancellationToken);
            if (version > migrations[^1].Version)
            {
                throw new StoreException(StoreProblem.Newer,
                    $"The store in {place} was written by a newer Ziggie (schema {version}; this version knows up to {migrations[^1].Version}). "
                    + "Start that version or a newer one, or restore a dump from before the upgrade.");
            }
            foreach (var migration in migrations.Where(m => m.Version > version))
            {
                await ExecuteAsync(connection, migration.PostgreSql, cancellationToken);
                await ExecuteAsync(connection, $"DELETE FROM schema_version; INSERT INTO schema_version VALUES ({migration.Version})", cancellationToken);
            }
            await transaction.CommitAsync(cancellationToken);
        }
        catch (NpgsqlException e)
        {
            throw new StoreException(StoreProblem.Unreachable,
                $"The store in {place} cannot be used: {e.Message} Check Persistence:ConnectionString and that the server runs.", e);
        }
    }

    private static async Task<long> VersionAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("SELECT max(version) FROM schema_version", connection);
        return await command.ExecuteScalarAsync(cancellationToken) as long? ?? 0;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
