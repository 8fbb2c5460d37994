using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Npgsql;

namespace Ziggie.Persistence;

/// <summary>Where the store is.</summary>
public sealed record PersistenceOptions
{
    public const string Section = "Persistence";

    /// <summary>The daemon's data folder; backups are kept below it.</summary>
    public required string Home { get; init; }

    public StoreProvider Provider { get; init; } = StoreProvider.Sqlite;

    /// <summary>As configured; null for <c>ziggie.db</c> in the home. PostgreSQL needs one.</summary>
    public string? ConnectionString { get; init; }

    /// <summary>SQLite's file.</summary>
    public string DatabasePath =>
        ConnectionString is null
            ? Path.Combine(Home, "ziggie.db")
            : Path.GetFullPath(new SqliteConnectionStringBuilder(ConnectionString).DataSource, Home);

    public string BackupFolder => Path.Combine(Home, "backups");

    /// <summary>Reads <c>Persistence:Provider</c> (<c>sqlite</c> or <c>postgresql</c>) and <c>Persistence:ConnectionString</c>.</summary>
    /// <exception cref="StoreException">The provider is unknown, or PostgreSQL lacks a connection string.</exception>
    public static PersistenceOptions From(IConfiguration configuration, string home)
    {
        var section = configuration.GetSection(Section);
        var text = section[nameof(Provider)] ?? "sqlite";
        if (!Enum.TryParse<StoreProvider>(text, ignoreCase: true, out var provider) || !Enum.IsDefined(provider) || int.TryParse(text, out _))
        {
            throw new StoreException(StoreProblem.Configuration,
                $"Persistence:Provider is '{text}'. Set it to 'sqlite' or 'postgresql'.");
        }
        var connectionString = section[nameof(ConnectionString)];
        if (string.IsNullOrWhiteSpace(connectionString)) connectionString = null;
        if (provider == StoreProvider.PostgreSql && connectionString is null)
        {
            throw new StoreException(StoreProblem.Configuration,
                "Persistence:Provider is 'postgresql', but Persistence:ConnectionString is not set. "
                + "Set it, for example to 'Host=/run/postgresql;Database=ziggie;Username=ziggie'.");
        }
        return new PersistenceOptions { Home = home, Provider = provider, ConnectionString = connectionString };
    }

    /// <summary>What connections are opened with: as configured, with what the store needs.</summary>
    internal string EffectiveConnectionString => Provider == StoreProvider.Sqlite ? SqliteConnectionString : PostgreSqlConnectionString;

    // The private cache: a shared one locks whole tables against readers, and 1,000 actors recover five times slower.
    private string SqliteConnectionString =>
        new SqliteConnectionStringBuilder(ConnectionString ?? "")
        {
            DataSource = DatabasePath,
            Mode = SqliteOpenMode.ReadWrite,
            Cache = SqliteCacheMode.Private,
            Pooling = true,
        }.ToString();

    // A pool well below the server's usual limit of 100; a larger one has to be asked for.
    private string PostgreSqlConnectionString
    {
        get
        {
            var builder = new NpgsqlConnectionStringBuilder(ConnectionString);
            if (!builder.ShouldSerialize("Maximum Pool Size")) builder.MaxPoolSize = 20;
            builder.ApplicationName ??= "ziggie";
            return builder.ToString();
        }
    }
}
