using System.Collections.Immutable;

namespace Ziggie.Actors.Domain;

/// <summary>Which services there are: the fold of the registry's events.</summary>
/// <param name="LastId">The highest id ever given; ids are never used twice.</param>
/// <param name="Services">Name by id.</param>
/// <param name="Seeded">Whether the seeds were planted.</param>
public sealed record RegistryState(int LastId, ImmutableDictionary<int, string> Services, bool Seeded)
{
    /// <summary>The set that is being applied; null when none is.</summary>
    public RegistryEvents.ApplyBegun? Pending { get; init; }

    public static RegistryState Empty { get; } = new(0, ImmutableDictionary<int, string>.Empty, false);

    public RegistryState Apply(IRegistryEvent happened) => happened switch
    {
        RegistryEvents.Registered e => this with { LastId = Math.Max(LastId, e.Id), Services = Services.SetItem(e.Id, e.Name) },
        RegistryEvents.Dropped e => this with { Services = Services.Remove(e.Id) },
        RegistryEvents.Seeded => this with { Seeded = true },
        RegistryEvents.ApplyBegun e => this with { Pending = e },
        RegistryEvents.ApplyEnded => this with { Pending = null },
        _ => this,
    };
}
