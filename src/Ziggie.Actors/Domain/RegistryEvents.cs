using System.Collections.Immutable;
using Ziggie.Actors.Domain.Definitions;

namespace Ziggie.Actors.Domain;

/// <summary>What the supervisor stores: which services there are. Ids are never used twice.</summary>
public interface IRegistryEvent
{
    DateTimeOffset At { get; }
}

/// <summary>The family of the registry's events: which services there are.</summary>
public static class RegistryEvents
{
    public sealed record Registered(int Id, string Name, DateTimeOffset At) : IRegistryEvent;

    public sealed record Dropped(int Id, DateTimeOffset At) : IRegistryEvent;

    /// <summary>The seeds were planted: later starts do not plant again what somebody removed.</summary>
    public sealed record Seeded(DateTimeOffset At) : IRegistryEvent;

    /// <summary>
    /// A set of definitions is going to be applied. From here on it is carried out whatever happens; a daemon that dies in between leaves
    /// it to the next one.
    /// </summary>
    /// <param name="Set">Which set, as in <see cref="Configuration.Origins.SetOf"/>.</param>
    /// <param name="Services">What is added or changed.</param>
    /// <param name="Removed">The names that go.</param>
    /// <param name="By">Who.</param>
    /// <param name="At">When.</param>
    public sealed record ApplyBegun(
        string Set, ImmutableArray<AppliedService> Services, ImmutableArray<string> Removed, string By, DateTimeOffset At) : IRegistryEvent;

    /// <summary>All of the set is stored.</summary>
    public sealed record ApplyEnded(DateTimeOffset At) : IRegistryEvent;
}

/// <summary>A definition of a set that is being applied: secrets in the clear.</summary>
public sealed record AppliedService(ServiceDefinition Definition, string Origin);
