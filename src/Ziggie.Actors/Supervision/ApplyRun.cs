using Akka.Actor;
using Ziggie.Actors.Domain;

namespace Ziggie.Actors.Supervision;

/// <summary>An apply that is under way: first level after level of what goes, then all that is new or changed.</summary>
/// <param name="begun">What is to be done.</param>
/// <param name="levels">The names to remove, dependants before what they depend on.</param>
/// <param name="collector">Gathers what came of it.</param>
internal sealed class ApplyRun(RegistryEvents.ApplyBegun begun, IEnumerable<IReadOnlyList<string>> levels, IActorRef collector)
{
    private readonly HashSet<string> _gone = [.. begun.Removed];

    public IReadOnlyDictionary<string, AppliedService> Services { get; } =
        begun.Services.ToDictionary(s => s.Definition.Name, StringComparer.Ordinal);

    public string By => begun.By;

    public Queue<IReadOnlyList<string>> Levels { get; } = new(levels);

    public IActorRef Collector => collector;

    /// <summary>Names whose removal was asked for and is not through.</summary>
    public HashSet<string> Removing { get; } = new(StringComparer.Ordinal);

    /// <summary>Names whose definition was sent and is not stored; null before they are sent.</summary>
    public HashSet<string>? Defining { get; set; }

    public bool Removes(string name) => _gone.Contains(name);
}
