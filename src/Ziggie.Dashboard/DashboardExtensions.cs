using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;
using MudBlazor.Services;
using Ziggie.Dashboard.Access;
using Ziggie.Dashboard.Components;
using Ziggie.Dashboard.Live;

namespace Ziggie.Dashboard;

/// <summary>Mounts the dashboard in a host.</summary>
public static class DashboardExtensions
{
    /// <summary>
    /// Registers the dashboard. The host brings the services that it shows (IServiceFeed, IServiceControl, IOutputStore, IResourceFeed,
    /// IHistory, IAudit) and answers who may see it and what services inherit (<see cref="ISessionCheck"/>, <see cref="IDaemonEnvironment"/>).
    /// </summary>
    public static IServiceCollection AddZiggieDashboard(this IServiceCollection services)
    {
        services.AddRazorComponents().AddInteractiveServerComponents(options =>
        {
            // A page that lost its connection is looked for again for this long; after that it is loaded anew from its address.
            options.DisconnectedCircuitRetentionPeriod = TimeSpan.FromMinutes(2);
            options.DisconnectedCircuitMaxRetained = 50;
        })
        // A definition, or a draft of one, comes from the browser in one message.
        .AddHubOptions(options => options.MaximumReceiveMessageSize = 1_000_000);
        services.AddMudServices(options =>
        {
            options.SnackbarConfiguration.PositionClass = Defaults.Classes.Position.BottomRight;
            options.SnackbarConfiguration.VisibleStateDuration = 6000;
            options.SnackbarConfiguration.ShowTransitionDuration = 120;
            options.SnackbarConfiguration.HideTransitionDuration = 200;
        });
        services.AddCascadingAuthenticationState();
        services.AddSingleton<LivePulse>();
        services.AddScoped<AuthenticationStateProvider, LiveAuthentication>();
        services.AddScoped<ServiceCommander>().AddScoped<DaemonRestart>().AddScoped<SignalSender>().AddScoped<DraftStore>().AddScoped<BrowserZone>();
        return services;
    }

    /// <summary>Maps its pages, their scripts and styles.</summary>
    /// <param name="app">The host's routes.</param>
    /// <param name="readers">The authorization policy for those who may look.</param>
    public static void MapZiggieDashboard(this IEndpointRouteBuilder app, string readers)
    {
        app.MapStaticAssets().AllowAnonymous();
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode().RequireAuthorization(readers);
    }
}
