using System.Diagnostics;
using Npgsql;

namespace Ziggie.Persistence.Tests.Support;

/// <summary>A PostgreSQL server of its own: a Unix socket in a temporary folder, no TCP. Each test gets a database in it.</summary>
public sealed class PostgreSqlServer : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("zpg-").FullName;
    private Process? _process;
    private int _databases;

    /// <summary>The folder of its programs; null when it is not installed.</summary>
    public static string? Binaries { get; } = FindBinaries();

    public async Task InitializeAsync()
    {
        if (Binaries is null) return;
        // The server refuses to run as root.
        if (Commands.IsRoot) await Commands.RunAsync("chown", "nobody", _folder);
        await RunAsServerUserAsync("initdb", "-D", Path.Combine(_folder, "data"), "-U", "ziggie", "-A", "trust", "--no-sync", "-E", "UTF8", "--locale=C");
        var arguments = AsServerUser("postgres", "-D", Path.Combine(_folder, "data"), "-k", _folder, "-c", "listen_addresses=", "-c", "fsync=off");
        _process = Process.Start(new ProcessStartInfo(arguments[0], arguments[1..]) { RedirectStandardError = true, WorkingDirectory = _folder })!;
        _process.ErrorDataReceived += (_, _) => { };
        _process.BeginErrorReadLine();
        await Eventually.HoldsAsync(AnswersAsync, answers => answers);
    }

    /// <summary>A new, empty database.</summary>
    internal async Task<PersistenceOptions> NewDatabaseAsync()
    {
        var name = $"test{Interlocked.Increment(ref _databases)}";
        await using var connection = new NpgsqlConnection(ConnectionString("postgres"));
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand($"CREATE DATABASE {name}", connection);
        await command.ExecuteNonQueryAsync();
        return new PersistenceOptions { Home = _folder, Provider = StoreProvider.PostgreSql, ConnectionString = ConnectionString(name) };
    }

    public async Task DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        if (_process is not null)
        {
            await RunAsServerUserAsync("pg_ctl", "stop", "-D", Path.Combine(_folder, "data"), "-m", "immediate");
            await _process.WaitForExitAsync();
            _process.Dispose();
        }
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<bool> AnswersAsync()
    {
        Assert.False(_process!.HasExited, "The server has ended.");
        try
        {
            await using var connection = new NpgsqlConnection(ConnectionString("postgres"));
            await connection.OpenAsync();
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    private string ConnectionString(string database) => $"Host={_folder};Username=ziggie;Database={database}";

    private Task RunAsServerUserAsync(string program, params string[] arguments)
    {
        var all = AsServerUser(program, arguments);
        return Commands.RunAsync(all[0], all[1..]);
    }

    private static string[] AsServerUser(string program, params string[] arguments)
    {
        var path = Path.Combine(Binaries!, program);
        return Commands.IsRoot ? ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups", path, .. arguments] : [path, .. arguments];
    }

    private static string? FindBinaries()
    {
        var debian = Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").OrderDescending().Select(d => Path.Combine(d, "bin"))
            : [];
        var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        return debian.Concat(path).FirstOrDefault(d => File.Exists(Path.Combine(d, "initdb")) && File.Exists(Path.Combine(d, "pg_ctl")));
    }
}

[CollectionDefinition(Name)]
public sealed class PostgreSqlCollection : ICollectionFixture<PostgreSqlServer>
{
    public const string Name = "PostgreSQL";
}
