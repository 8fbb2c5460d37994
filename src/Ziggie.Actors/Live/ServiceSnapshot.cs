using System.Collections.Immutable;
using Ziggie.Actors.Domain.Definitions;

namespace Ziggie.Actors.Live;

/// <summary>All services at one moment, by name.</summary>
/// <param name="Sequence">Grows by one with each change.</param>
/// <param name="Services">In the order of names (ordinal).</param>
public sealed record ServiceSnapshot(long Sequence, ImmutableSortedDictionary<string, ServiceView> Services)
{
    public static ServiceSnapshot Empty { get; } =
        new(0, ImmutableSortedDictionary<string, ServiceView>.Empty.WithComparers(StringComparer.Ordinal));

    /// <summary>By name in any case, or by id. A service whose name is all digits is found by its name first.</summary>
    public ServiceView? Find(string nameOrId)
    {
        if (ServiceName.TryNormalize(nameOrId, out var name) && Services.TryGetValue(name, out var view)) return view;
        return int.TryParse(nameOrId, out var id) ? Services.Values.FirstOrDefault(s => s.Id == id) : null;
    }
}
