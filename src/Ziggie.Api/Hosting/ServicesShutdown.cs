using Ziggie.Actors;

namespace Ziggie.Api.Hosting;

/// <summary>Stops all services in order, or lets go of them.</summary>
internal sealed class ServicesShutdown(IServiceLifetime lifetime) : IDaemonShutdown
{
    public Task StopServicesAsync(bool keep) =>
        keep ? lifetime.LeaveAsync(CancellationToken.None) : lifetime.StopAllAsync(CancellationToken.None);
}
