using Ziggie.Api.Live;
using Ziggie.Api.Logs;

namespace Ziggie.Api.Endpoints;

/// <summary>Every route.</summary>
internal static class ZiggieEndpoints
{
    public static void MapZiggie(this IEndpointRouteBuilder app)
    {
        var services = app.MapGroup("/api/services").WithTags("Services");
        ServiceQueries.Map(services);
        ServiceCommands.Map(services);
        ServiceDefinitions.Map(services);
        ServiceLogs.Map(services);
        ServiceMetrics.Map(services);
        LogStreamEndpoint.Map(services);
        LogSocketEndpoint.Map(services);
        LogDownload.Map(services);
        SocketEndpoint.Map(services);

        BulkActions.Map(app.MapGroup("/api").WithTags("Services"));

        var auth = app.MapGroup("/api/auth");
        AuthEndpoints.Map(auth.MapGroup("").WithTags("Authentication"));
        UserEndpoints.Map(auth.MapGroup("").WithTags("Users"));

        SystemEndpoints.Map(app.MapGroup("/api/system").WithTags("System"));
        ConfigEndpoints.Map(app.MapGroup("/api/config").WithTags("Configuration"));
        HistoryEndpoints.MapService(services);
        HistoryEndpoints.Map(app.MapGroup("/api/history").WithTags("History"));
        NotificationEndpoints.Map(app.MapGroup("/api/notifications").WithTags("Notifications"));
        BackupEndpoints.Map(app.MapGroup("/api").WithTags("Store"));
        DaemonEndpoints.Map(app.MapGroup("/api/daemon").WithTags("Daemon"));
        HealthEndpoints.Map(app);
    }
}
