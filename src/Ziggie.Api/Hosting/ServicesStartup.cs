using Ziggie.Actors;
using Ziggie.Api.Seeding;
using Ziggie.Processes;

namespace Ziggie.Api.Hosting;

/// <summary>Holds the start until every service is known, so that the first answer is a whole one; plants the seeds in an empty store.</summary>
internal sealed class ServicesStartup(
    IServiceLifetime lifetime, IServiceControl control, IProcessLauncher launcher, DaemonRole role, ILogger<ServicesStartup> log) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var isSeeded = await lifetime.WhenRecoveredAsync(cancellationToken);
        launcher.ForgetUnclaimed();
        if (isSeeded || !role.RunsServices) return;
        var added = await control.SeedAsync(SeedFile.Read(), SeedCommand.By, cancellationToken);
        log.LogInformation("Seeded {Services}", string.Join(", ", added));
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
