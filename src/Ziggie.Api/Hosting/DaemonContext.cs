namespace Ziggie.Api.Hosting;

/// <summary>What is known of the daemon before its services are registered.</summary>
public sealed record DaemonContext(IConfiguration Configuration, ZiggieHome Home, DaemonRole Role);

/// <summary>Registers the layers below the web: the real ones, or a test's.</summary>
public delegate void ConfigureDaemon(IServiceCollection services, DaemonContext context);
