using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace Ziggie.Actors.Live;

/// <summary>The latest results of each service's probes, in memory: what was seen, not what follows from it. Safe from any thread.</summary>
public sealed class HealthResults
{
    /// <summary>Kept for each service.</summary>
    public const int Kept = 10;

    private readonly ConcurrentDictionary<int, ImmutableList<HealthResult>> _byService = [];

    /// <summary>Oldest first; empty when nothing was probed.</summary>
    public ImmutableList<HealthResult> Of(int serviceId) => _byService.GetValueOrDefault(serviceId, []);

    internal void Add(int serviceId, HealthResult result) => _byService.AddOrUpdate(
        serviceId, _ => [result], (_, before) => (before.Count >= Kept ? before.RemoveAt(0) : before).Add(result));

    internal void Forget(int serviceId) => _byService.TryRemove(serviceId, out _);
}

/// <param name="At">When the probe ended.</param>
/// <param name="ForReadiness">Whether it was to become ready; else it was about health.</param>
/// <param name="IsSuccess">Whether it was well.</param>
/// <param name="Latency">How long the probe took.</param>
/// <param name="Message">What was seen, as a sentence.</param>
public sealed record HealthResult(DateTimeOffset At, bool ForReadiness, bool IsSuccess, TimeSpan Latency, string Message);
