using Ziggie.Persistence;
using Ziggie.Persistence.Store;

namespace Ziggie.Api.Hosting;

/// <summary>Makes the store ready before the actors read it; what is wrong with it ends the start with a sentence.</summary>
internal sealed class StoreStartup(PersistenceOptions options) : IHostedService
{
    public static PersistenceOptions Options(DaemonContext context)
    {
        try
        {
            return PersistenceOptions.From(context.Configuration, context.Home.Root);
        }
        catch (StoreException e)
        {
            throw StartRefusedException.BadSetting(e.Message);
        }
    }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await StoreSetup.PrepareAsync(options, cancellationToken);
        }
        catch (StoreException e)
        {
            throw new StartRefusedException(ExitCodes.Store, e.Message);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
