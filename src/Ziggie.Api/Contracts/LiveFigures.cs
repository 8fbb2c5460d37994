using Ziggie.Actors.Resources;
using Ziggie.Processes;

namespace Ziggie.Api.Contracts;

/// <summary>What is shown of a service beside its state, at one moment.</summary>
/// <param name="SinceBoot">The machine's monotonic clock.</param>
/// <param name="Usage">The newest sample.</param>
/// <param name="Limits">Who keeps limits here.</param>
internal sealed record LiveFigures(TimeSpan SinceBoot, ResourcePicture Usage, LimitKeepers Limits);

/// <summary>Takes them.</summary>
internal sealed class LiveFigureSource(IResourceFeed resources, LauncherCapabilities launcher)
{
    private readonly LimitKeepers _limits = LimitKeepers.Of(launcher, resources);

    public LiveFigures Now() => new(MachineClock.SinceBoot, resources.Current, _limits);
}
