using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Ziggie.Api.Auth;
using Ziggie.Api.Config;
using Ziggie.Api.Hosting;
using Ziggie.Dashboard;
using Ziggie.Dashboard.Access;

namespace Ziggie.Api.Browser;

/// <summary>The dashboard, and how browsers are signed in to it.</summary>
internal static class BrowserExtensions
{
    public static IServiceCollection AddZiggieBrowser(this IServiceCollection services, ZiggieHome home)
    {
        // In the home, so that a form or page that was open before a restart of the daemon is known after it.
        services.AddDataProtection().SetApplicationName("ziggie").PersistKeysToFileSystem(new DirectoryInfo(Path.GetDirectoryName(home.JwtKey)!));
        services.AddAntiforgery(options =>
        {
            // Cookies know no ports: several daemons on one machine need names of their own.
            options.Cookie.Name = $"ziggie-form-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(home.Root)))[..8]}";
            options.Cookie.SameSite = SameSiteMode.Strict;
            options.Cookie.HttpOnly = true;
        });
        services.AddSingleton<SignInLinks>().AddSingleton<ISessionCheck, SessionCheck>().AddSingleton<IDaemonEnvironment, DaemonEnvironment>();
        services.AddSingleton<IMachine, Machine>().AddSingleton<IDefinitionSets, DefinitionSets>().AddSingleton<IDaemonControl, DashboardControl>();
        return services.AddZiggieDashboard();
    }

    public static void MapZiggieBrowser(this IEndpointRouteBuilder app)
    {
        SessionEndpoints.Map(app);
        FormEndpoints.Map(app);
        app.MapZiggieDashboard(Policies.Read);
    }
}
