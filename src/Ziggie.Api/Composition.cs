using Akka.Hosting;
using Ziggie.Actors;
using Ziggie.Actors.Live;
using Ziggie.Actors.Resources;
using Ziggie.Actors.Services;
using Ziggie.Api.Backups;
using Ziggie.Api.Config;
using Ziggie.Api.Hosting;
using Ziggie.Api.Metrics;
using Ziggie.Api.Record;
using Ziggie.Persistence;
using Ziggie.Processes;
using Ziggie.Processes.Notify;
using Ziggie.Processes.Output;
using Ziggie.Processes.Resources;

namespace Ziggie.Api;

/// <summary>Plugs the layers below into the daemon: processes, store, actors.</summary>
internal static class Composition
{
    public static void Add(IServiceCollection services, DaemonContext context)
    {
        var persistence = StoreStartup.Options(context);
        services.AddHostedService(_ => new StoreStartup(persistence));
        var launcher = SettingReader.Word(context.Configuration, "Launcher", LauncherKind.Auto);
        if (launcher == LauncherKind.Linux && !OperatingSystem.IsLinux())
            throw StartRefusedException.BadSetting("The setting Launcher is 'linux', which needs Linux; it must be auto or portable here.");
        var cgroups = context.Role.RunsServices ? CgroupSetting.Read(context.Configuration) : "off";
        var keeperFolder = context.Role.RunsServices ? context.Home.Run : null;
        var keeperStays = SettingReader.Time(context.Configuration, "Keeper:Stays", ProcessLauncher.DefaultKeeperStay);
        services.AddSingleton(_ => ProcessLauncher.Create(launcher, keeperFolder: keeperFolder, cgroups: cgroups, keeperStays: keeperStays));
        services.AddSingleton(provider => provider.GetRequiredService<IProcessLauncher>().Capabilities);
        services.AddSingleton(_ => ResourceReader.Create()).AddSingleton(SamplingSettings.Read(context.Configuration));
        services.AddSingleton<IOutputStore>(provider => OutputOf(context.Home, launcher, provider));
        services.AddSingleton<IMoments, SystemMoments>();
        services.AddSingleton<IPorts, SystemPorts>();
        services.AddSingleton<INetworkProbe, NetworkProbe>();
        services.AddSingleton<INotifySockets, NotifySockets>();
        services.AddSingleton<ICommandProbe>(provider => new CommandProbe(context.Home.Run, provider.GetRequiredService<ServiceRuntime>));
        services.AddSingleton<HealthResults>();
        services.AddSingleton(provider => RuntimeOf(provider, context.Role));
        services.AddZiggieActors();
        services.AddAkka("ziggie", akka => akka
            .ConfigureLoggers(loggers =>
            {
                loggers.ClearLoggers();
                loggers.AddLoggerFactory();
            })
            .AddHoconFile(Path.Combine(AppContext.BaseDirectory, "hocon", "akka.conf"), HoconAddMode.Append)
            .WithZiggiePersistence(persistence)
            .WithZiggieActors());
        services.AddZiggiePersistence(persistence);
        // What only changes definitions, beside a daemon, makes none.
        services.AddSingleton(HistorySettings.Read(context.Configuration));
        if (context.Role.RunsServices) services.AddHostedService<BackupSchedule>().AddHostedService<HistoryLimit>();
        services.AddHostedService<ServicesStartup>();
        if (context.Role.RunsServices)
        {
            services.AddHostedService(provider => provider.GetRequiredService<ResourceMonitor>());
            services.AddHostedService<ConfigWatch>();
            services.AddSingleton<IServiceResourceUsage, MeasuredUsage>();
        }
        services.AddSingleton<IDaemonShutdown, ServicesShutdown>();
    }

    private static OutputStore OutputOf(ZiggieHome home, LauncherKind launcher, IServiceProvider provider)
    {
        var log = provider.GetRequiredService<ILoggerFactory>().CreateLogger("Ziggie.Output");
        return new OutputStore(home.Run, home.Logs, provider.GetRequiredService<TimeProvider>(),
            (service, sentence) => log.LogWarning("{Service}: {Sentence}", service, sentence), launcher);
    }

    private static ServiceRuntime RuntimeOf(IServiceProvider provider, DaemonRole role) => new()
    {
        Launcher = provider.GetRequiredService<IProcessLauncher>(),
        Output = provider.GetRequiredService<IOutputStore>(),
        Ports = provider.GetRequiredService<IPorts>(),
        Moments = provider.GetRequiredService<IMoments>(),
        Network = provider.GetRequiredService<INetworkProbe>(),
        Commands = provider.GetRequiredService<ICommandProbe>(),
        Sockets = provider.GetRequiredService<INotifySockets>(),
        Results = provider.GetRequiredService<HealthResults>(),
        Feed = provider.GetRequiredService<ServiceFeed>(),
        Daemon = ProcessIdentities.Own,
        Environment = EnvironmentVariables.Read,
        RunsServices = role.RunsServices,
    };
}
