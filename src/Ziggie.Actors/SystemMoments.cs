using Ziggie.Actors.Domain;
using Ziggie.Actors.Services;
using Ziggie.Processes;

namespace Ziggie.Actors;

/// <summary>The machine's clocks and the runtime's dice.</summary>
public sealed class SystemMoments(TimeProvider clock) : IMoments
{
    public Moment Take() => new(
        clock.GetUtcNow(), MachineClock.SinceBoot, MachineClock.BootId, Guid.NewGuid().ToString("N"), Random.Shared.NextDouble());
}
