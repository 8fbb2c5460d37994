using Ziggie.Actors;
using Ziggie.Actors.Domain.Definitions;
using Ziggie.Api.Hosting;

namespace Ziggie.Api.Seeding;

/// <summary><c>seed</c>: adds the seeds that are missing, through the daemon that holds the home or, without one, on its own.</summary>
internal static class SeedCommand
{
    public const string By = "seed";

    public static async Task<int> RunAsync(string[] args, ConfigureDaemon configureServices, TextWriter console)
    {
        var seeds = SeedFile.Read();
        var home = ZiggieHost.HomeOf(args);
        home.Create();
        using var held = HomeLock.TryAcquire(home);
        IReadOnlyList<string> added;
        if (held is null) added = await SeedThroughDaemon.RunAsync(home, seeds);
        else added = await SeedAloneAsync(args, configureServices, home, seeds);

        await console.WriteLineAsync(added.Count == 0
            ? $"Nothing to add: all {seeds.Count} services are there."
            : $"Added {string.Join(", ", added)}.");
        return ExitCodes.Ok;
    }

    private static async Task<IReadOnlyList<string>> SeedAloneAsync(
        string[] args, ConfigureDaemon configureServices, ZiggieHome home, IReadOnlyList<ServiceDefinition> seeds)
    {
        using var host = ZiggieHost.BuildWithoutWeb(args, home, configureServices);
        await host.StartAsync();
        try
        {
            return await host.Services.GetRequiredService<IServiceControl>().SeedAsync(seeds, By);
        }
        finally
        {
            await host.StopAsync();
        }
    }
}
