using Ziggie.Actors.Live;
using Ziggie.Actors.Resources;

namespace Ziggie.Api.Metrics;

/// <summary>The newest sample of each service.</summary>
internal sealed class MeasuredUsage(IResourceFeed resources, IServiceFeed services) : IServiceResourceUsage
{
    private const double Percent = 100;

    public ResourceReading? Of(string service) =>
        services.Current.Services.TryGetValue(service, out var view) && resources.Current.Of(view) is { } usage
            ? new ResourceReading(usage.CpuPercent / Percent, usage.MemoryBytes)
            : null;
}
