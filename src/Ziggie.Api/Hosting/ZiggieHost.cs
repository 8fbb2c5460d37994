using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Ziggie.Api.Auth;
using Ziggie.Api.Backups;
using Ziggie.Api.Browser;
using Ziggie.Api.Config;
using Ziggie.Api.Contracts;
using Ziggie.Api.Endpoints;
using Ziggie.Api.Handover;
using Ziggie.Api.Http;
using Ziggie.Api.Live;
using Ziggie.Api.Logs;
using Ziggie.Api.Metrics;
using Ziggie.Api.Notifications;
using Ziggie.Api.OpenApi;
using Ziggie.Api.RateLimits;
using Ziggie.Api.Record;

namespace Ziggie.Api.Hosting;

/// <summary>Builds the daemon around the services that its caller registers: the real ones, or a test's.</summary>
internal static class ZiggieHost
{
    /// <summary>Takes the home and the addresses, then builds; nothing has started yet.</summary>
    /// <param name="args">Settings as on the command line.</param>
    /// <param name="configureServices">Registers IServiceControl, IServiceFeed, IOutputStore, IUserStore, IHistory, IAudit and, if need be,
    /// IDaemonShutdown and IJournalTail.</param>
    /// <param name="console">Where the banner goes.</param>
    /// <param name="stop">Tells when this process shall end; null when nobody does.</param>
    /// <param name="handover">Set when another daemon hands the home over to this one.</param>
    /// <exception cref="StartRefusedException">Another daemon, a taken port or a bad setting.</exception>
    /// <exception cref="OperationCanceledException">It was told to stop before the home was handed over.</exception>
    public static WebApplication Build(
        string[] args, ConfigureDaemon configureServices, TextWriter console, StopRequest? stop = null, HandoverReport? handover = null)
    {
        stop ??= new StopRequest();
        var builder = WebApplication.CreateBuilder(OptionsOf(args));
        var home = ZiggieHome.Resolve(builder.Configuration);
        var listen = ListenSettings.Read(builder.Configuration);
        var auth = AuthSettings.Read(builder.Configuration, listen);
        var limits = RateLimitSettings.FromConfiguration(builder.Configuration);
        var shutdown = ShutdownSettings.Read(builder.Configuration);
        var signals = SignalSettings.Read(builder.Configuration);
        var config = ConfigSettings.Read(builder.Configuration, home);
        var notifications = NotificationSettings.Read(builder.Configuration);
        home.Create();
        var held = handover is null ? HomeLock.Acquire(home) : HomeLock.Inherit(home, handover, stop.Asked);
        ListenerSockets? sockets = null;
        try
        {
            sockets = ListenerSockets.Open(listen, home);
            var services = builder.Services;
            // By factories, so that the host lets go of them in the end, after everything that uses them.
            services.AddSingleton(_ => held).AddSingleton(_ => sockets).AddSingleton(stop);
            services.AddSingleton(home).AddSingleton(notifications).AddSingleton(listen).AddSingleton(auth).AddSingleton(limits);
            services.AddSingleton(config).AddSingleton<ConfigFile>();
            services.AddSingleton(FollowSettings.Read(builder.Configuration)).AddSingleton<LogFollower>();
            services.AddSingleton(signals).AddHostedService<SignalForwarder>().AddSingleton(shutdown).AddSingleton(new DaemonArguments(args)).AddSingleton<DaemonControl>();
            services.AddSingleton(SocketSettings.Read(builder.Configuration)).AddSingleton(console);
            services.AddSingleton(JwtKey.LoadOrCreate(home.JwtKey));
            AddCommon(services, builder.Configuration, home, new DaemonRole(RunsServices: true), configureServices);
            AddWeb(services, limits, home);
            TelemetrySetup.Add(services, builder.Configuration);
            services.AddSingleton<IConnectionListenerFactory, PatientTransport>();
            ListenOn(builder.WebHost, listen, home);
            UseAssets(builder);
            var app = builder.Build();
            _ = app.Services.GetRequiredService<HomeLock>();
            _ = app.Services.GetRequiredService<ListenerSockets>();
            UseWeb(app);
            return app;
        }
        catch
        {
            sockets?.Dispose();
            held.Dispose();
            throw;
        }
    }

    /// <summary>The services without the web, for commands that work on a home that no daemon holds. The lock stays the caller's.</summary>
    public static IHost BuildWithoutWeb(string[] args, ZiggieHome home, ConfigureDaemon configureServices)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { Args = args });
        AddSettings(builder.Configuration, args);
        builder.Services.AddSingleton(home);
        AddCommon(builder.Services, builder.Configuration, home, new DaemonRole(RunsServices: false), configureServices);
        return builder.Build();
    }

    public static ZiggieHome HomeOf(string[] args) => ZiggieHome.Resolve(SettingsOf(args));

    /// <summary>The settings of a command that is no daemon.</summary>
    public static IConfiguration SettingsOf(string[] args)
    {
        var configuration = new ConfigurationManager();
        AddSettings(configuration, args);
        return configuration;
    }

    // Settings beside the program, wherever it is called from; its scripts and styles are listed under its name, whoever hosts it.
    private static WebApplicationOptions OptionsOf(string[] args) =>
        new() { Args = args, ContentRootPath = AppContext.BaseDirectory, ApplicationName = typeof(ZiggieHost).Assembly.GetName().Name };

    private static void AddSettings(IConfigurationBuilder configuration, string[] args) => configuration
        .AddJsonFile(Path.Combine(AppContext.BaseDirectory, "appsettings.json"), optional: true)
        .AddEnvironmentVariables().AddCommandLine(args);

    private static void AddCommon(
        IServiceCollection services, IConfiguration configuration, ZiggieHome home, DaemonRole role, ConfigureDaemon configureServices)
    {
        services.AddDaemonLog(home, configuration);
        services.AddSingleton(role).AddSingleton<DaemonStatus>().AddSingleton(TimeProvider.System);
        // Hosted services start in this order: the store and the actors, then what needs them, and the web server last.
        configureServices(services, new DaemonContext(configuration, home, role));
    }

    private static void AddWeb(IServiceCollection services, RateLimitSettings limits, ZiggieHome home)
    {
        services.AddZiggieAuth().AddSingleton(limits).AddSingleton<RequestWindows>().AddZiggieOpenApi().AddCors();
        services.AddZiggieBrowser(home);
        services.AddSingleton<NotificationCounts>().AddSingleton<WebhookSender>().AddSingleton<CommandSender>().AddSingleton<Senders>();
        services.AddHostedService<Notifier>();
        services.AddSingleton<AuditLog>().AddSingleton<StoreExport>().AddHostedService<DaemonRecord>();
        services.AddSingleton<LiveFigureSource>().AddSingleton<ServiceLookup>().AddSingleton<CommandReplies>();
        services.AddSingleton<Broadcaster>().AddHostedService(s => s.GetRequiredService<Broadcaster>());
        services.AddSingleton<DashboardAddress>().AddHostedService<Banner>();
        services.AddSingleton<DaemonLifetime>().AddSingleton<IHostLifetime>(s => s.GetRequiredService<DaemonLifetime>());
    }

    private static void ListenOn(ConfigureWebHostBuilder web, ListenSettings listen, ZiggieHome home)
    {
        web.ConfigureKestrel(options =>
        {
            options.AddServerHeader = false;
            options.Limits.MaxRequestBodySize = RequestBody.MaxReceived;
            foreach (var address in listen.Addresses)
            {
                options.Listen(address.EndPoint, endPoint =>
                {
                    if (address.IsHttps) endPoint.UseHttps();
                    else endPoint.Protocols = HttpProtocols.Http1;
                });
            }

            options.ListenUnixSocket(home.Socket, endPoint =>
            {
                endPoint.Protocols = HttpProtocols.Http1;
                endPoint.Use(next => connection =>
                {
                    connection.Features.Set(UnixSocketFeature.Instance);
                    return next(connection);
                });
            });
        });
    }

    /// <summary>
    /// Until the program is published, scripts and styles lie in the packages that they come from, in the folder of whoever built it.
    /// </summary>
    private static void UseAssets(WebApplicationBuilder builder)
    {
        // For files that are added while one works on them there would be a route that takes every address.
        builder.Configuration["ReloadStaticAssetsAtRuntime"] = "false";
        try
        {
            builder.WebHost.UseStaticWebAssets();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Services matter more than how a page looks.
            builder.Services.AddHostedService(services => new MissingAssets(e.Message, services.GetRequiredService<ILogger<MissingAssets>>()));
        }
    }

    private static void UseWeb(WebApplication app)
    {
        app.UseMiddleware<SafeHeaders>();
        app.UseMiddleware<ErrorHandling>();
        app.UseMiddleware<HostAndOrigin>();
        // Foreign origins do not come as far as here.
        app.UseCors(policy => policy.SetIsOriginAllowed(_ => true).AllowAnyMethod().AllowAnyHeader()
            .WithExposedHeaders("Location", "Retry-After", "WWW-Authenticate"));
        app.UseZiggieOpenApi();
        app.UseRouting();
        app.UseWebSockets(new WebSocketOptions { KeepAliveInterval = TimeSpan.FromSeconds(15), KeepAliveTimeout = TimeSpan.FromSeconds(20) });
        app.UseAuthentication();
        app.UseMiddleware<RateLimits.RateLimits>();
        app.UseMiddleware<BadTokens>();
        app.UseAuthorization();
        app.UseAntiforgery();
        app.MapZiggie();
        app.MapZiggieBrowser();
        MetricsEndpoint.Map(app);
    }
}
