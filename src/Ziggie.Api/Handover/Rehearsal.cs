using Ziggie.Actors;
using Ziggie.Api.Hosting;

namespace Ziggie.Api.Handover;

/// <summary>
/// Before a successor has its predecessor let go, it starts everything once in an empty home of its own: a program that is broken, or
/// half copied, is found out while the old one still works. What it has loaded then makes the real start quick.
/// </summary>
internal static class Rehearsal
{
    public static async Task RunAsync(string[] settings, ConfigureDaemon configureServices, CancellationToken cancellation)
    {
        var folder = Directory.CreateTempSubdirectory("ziggie-rehearsal-");
        try
        {
            var home = new ZiggieHome(folder.FullName);
            home.Create();
            // The real store belongs to the predecessor still.
            string[] own = [.. settings, "--Persistence:Provider=sqlite", "--Persistence:ConnectionString="];
            using var host = ZiggieHost.BuildWithoutWeb(own, home, configureServices);
            await host.StartAsync(cancellation);
            await host.Services.GetRequiredService<IServiceControl>().SeedAsync(Seeding.SeedFile.Read(), "rehearsal", cancellation);
            await host.StopAsync(CancellationToken.None);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
