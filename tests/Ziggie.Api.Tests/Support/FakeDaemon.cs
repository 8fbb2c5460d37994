using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Ziggie.Actors;
using Ziggie.Actors.Live;
using Ziggie.Actors.Resources;
using Ziggie.Api.Hosting;
using Ziggie.Api.Live;
using Ziggie.Api.Tests.Fakes;
using Ziggie.Persistence;
using Ziggie.Persistence.History;
using Ziggie.Persistence.Portable;
using Ziggie.Persistence.Store;
using Ziggie.Persistence.Users;
using Ziggie.Processes;
using Ziggie.Processes.Output;
using Ziggie.Processes.Resources;

namespace Ziggie.Api.Tests.Support;

/// <summary>The real web side on a real port, over services that live in memory.</summary>
internal sealed class FakeDaemon : Daemon
{
    private readonly TempFolder _folder = new();
    private WebApplication? _app;
    private Uri? _address;

    public FakeServices Services { get; } = new();

    public FakeConfiguration Config { get; }

    public FakeResources Resources { get; } = new();

    /// <summary>What the launcher says that it can do.</summary>
    public LauncherCapabilities Launcher { get; set; } = LauncherCapabilities.Full;

    public FakeOutput Output { get; } = new();

    public FakeDaemon() => Config = new FakeConfiguration(Services);

    /// <summary>The real store of logs in the daemon's home, instead of <see cref="Output"/>; null unless asked for.</summary>
    public OutputStore? Logs { get; private set; }

    /// <summary>Of the store in the home, which is there only after a test has made it.</summary>
    public StoreBackup Backups => new(Store);

    public PersistenceOptions Store => new() { Home = Home };

    public FakeUsers Users { get; } = new();

    public FakeHistory History { get; } = new();

    public FakeShutdown Shutdown { get; } = new();

    public StringWriter Console { get; } = new();

    public DaemonStatus Status => _app!.Services.GetRequiredService<DaemonStatus>();

    public DaemonLifetime Lifetime => _app!.Services.GetRequiredService<DaemonLifetime>();

    /// <summary>WebSockets that are open.</summary>
    public int Sockets => _app!.Services.GetRequiredService<Broadcaster>().Clients;

    public override Uri Address => _address!;

    public override string Home => _folder.Path;

    public static Task<FakeDaemon> StartAsync(params string[] settings) => StartAsync(new FakeDaemon(), settings);

    /// <summary>With <see cref="Logs"/>.</summary>
    public static Task<FakeDaemon> StartWithLogsAsync(params string[] settings)
    {
        var daemon = new FakeDaemon();
        daemon.Logs = new OutputStore(Path.Combine(daemon.Home, "run"), Path.Combine(daemon.Home, "logs"), TimeProvider.System);
        return StartAsync(daemon, settings);
    }

    private static async Task<FakeDaemon> StartAsync(FakeDaemon daemon, string[] settings)
    {
        try
        {
            await daemon.RunAsync([$"--ZIGGIE_ADMIN_PASSWORD={AdminPassword}", "--RateLimits:Enabled=false", .. settings]);
            return daemon;
        }
        catch
        {
            await daemon.DisposeAsync();
            throw;
        }
    }

    /// <summary>Registers the fakes, as the program registers the real things.</summary>
    public void Configure(IServiceCollection services)
    {
        services.AddSingleton(Backups).AddSingleton(new PortableStore(new StoreConnections(Store)));
        services.AddSingleton<IResourceFeed>(Resources).AddSingleton(Launcher).AddSingleton(ResourceReader.Create());
        services.AddSingleton<IServiceControl>(Services).AddSingleton<IServiceFeed>(Services).AddSingleton<IConfigurationControl>(Config);
        services.AddSingleton<IOutputStore>(_ => Logs is null ? Output : Logs).AddSingleton<IUserStore>(Users).AddSingleton<IDaemonShutdown>(Shutdown);
        // Hashing is made to be slow, and each of hundreds of daemons has passwords of its own.
        services.Configure<PasswordHasherOptions>(options => options.IterationCount = 1_000);
        services.AddSingleton<HealthResults>().AddSingleton<IHistory>(History).AddSingleton<IAudit>(History);
    }

    public string[] Settings(params string[] settings) =>
        [$"--ZIGGIE_HOME={Home}", "--urls=http://127.0.0.1:0", "--WebSocket:UpdateInterval=200ms", .. settings];

    /// <summary>Ends when the host has come down.</summary>
    public Task Stopped => _app!.WaitForShutdownAsync();

    public override async ValueTask DisposeAsync()
    {
        await StopAsync();
        Logs?.Dispose();
        _folder.Dispose();
    }

    public async Task RunAsync(string[] settings)
    {
        _app = ZiggieHost.Build(Settings(settings), (services, _) => Configure(services), Console);
        await _app.StartAsync();
        _address = new Uri(Console.ToString().Split('\n')[0].Replace("Listening on ", "").Trim());
    }

    /// <summary>Stops and starts again, on the same home with the same users.</summary>
    public async Task RestartAsync(string[] settings)
    {
        await StopAsync();
        Console.GetStringBuilder().Clear();
        await RunAsync(settings);
    }

    private async Task StopAsync()
    {
        if (_app is null) return;
        await _app.StopAsync();
        await _app.DisposeAsync();
        _app = null;
    }
}
