using Ziggie.Actors;
using Ziggie.Api.Seeding;
using Ziggie.Persistence;
using Ziggie.Persistence.Store;
using Ziggie.Processes;

namespace Ziggie.Api.Hosting;

/// <summary>Holds the start until every service is known, so that the first answer is a whole one; plants the seeds in an empty store.</summary>
internal sealed class ServicesStartup(
    IServiceLifetime lifetime, IServiceControl control, IProcessLauncher launcher, PersistenceOptions options, DaemonRole role, ILogger<ServicesStartup> log)
    : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var isSeeded = await RecoverAsync(cancellationToken);
        launcher.ForgetUnclaimed();
        if (isSeeded || !role.RunsServices) return;
        var added = await control.SeedAsync(SeedFile.Read(), SeedCommand.By, cancellationToken);
        log.LogInformation("Seeded {Services}", string.Join(", ", added));
    }

    private async Task<bool> RecoverAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await lifetime.WhenRecoveredAsync(cancellationToken);
        }
        catch (StoreUnreadableException e)
        {
            throw new StartRefusedException(ExitCodes.Store, StoreSetup.Unreadable(options, e.Message).Message);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
