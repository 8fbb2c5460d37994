using System.Collections.Immutable;
using Ziggie.Processes.Resources;

namespace Ziggie.Actors.Resources;

/// <summary>The newest sample; immutable.</summary>
/// <param name="At">When; null before the first.</param>
/// <param name="Services">By name; only those that ran.</param>
/// <param name="Host">The machine.</param>
public sealed record ResourcePicture(DateTimeOffset? At, IReadOnlyDictionary<string, ServiceUsage> Services, HostUsage Host)
{
    public static ResourcePicture Empty { get; } = new(null, ImmutableDictionary<string, ServiceUsage>.Empty, new HostUsage());

    /// <summary>Null for a service without a process, and for a run that is younger than the sample.</summary>
    public RunUsage? Of(ServiceView service)
    {
        if (service.Pid is null || !Services.TryGetValue(service.Name, out var usage)) return null;
        return usage.Generation == service.Generation ? usage.Usage : null;
    }
}
