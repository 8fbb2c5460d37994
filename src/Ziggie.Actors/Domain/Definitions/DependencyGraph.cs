using System.Collections.Immutable;
using Ziggie.Actors.Domain.Definitions.Reading;

namespace Ziggie.Actors.Domain.Definitions;

/// <summary>Which services wait for which. Total: unknown names are passed over, and the members of a cycle come last, together.</summary>
public sealed class DependencyGraph
{
    private readonly ImmutableSortedDictionary<string, ImmutableSortedSet<string>> _dependencies;
    private readonly ImmutableArray<DefinitionError> _neverHealthy = [];

    /// <param name="dependencies">For each service the names of those that it waits for.</param>
    public DependencyGraph(IEnumerable<KeyValuePair<string, IEnumerable<string>>> dependencies) =>
        _dependencies = dependencies.ToImmutableSortedDictionary(
            d => d.Key, d => d.Value.ToImmutableSortedSet(StringComparer.Ordinal), StringComparer.Ordinal);

    public DependencyGraph(IReadOnlyCollection<ServiceDefinition> definitions)
        : this(definitions.Select(d => KeyValuePair.Create(d.Name, d.DependsOn.Keys)))
    {
        var unprobed = definitions.Where(d => d.EffectiveHealth is null).Select(d => d.Name).ToHashSet(StringComparer.Ordinal);
        _neverHealthy =
        [
            .. from definition in definitions
               from other in definition.DependsOn
               where other.Value == DependencyCondition.Healthy && unprobed.Contains(other.Key)
               select new DefinitionError(
                   $"depends_on.{other.Key}",
                   $"'{definition.Name}' waits for '{other.Key}' to be healthy, which has no health probe. Give '{other.Key}' one, or let '{definition.Name}' wait for 'ready'.",
                   definition.Name),
        ];
    }

    /// <summary>Unknown names, cycles and conditions that can never hold, each with a sentence. A cycle is told once, under its first name in the alphabet.</summary>
    public ImmutableArray<DefinitionError> FindProblems() => [.. FindUnknown(), .. FindCycles(), .. _neverHealthy];

    /// <summary>
    /// Levels in the order of starting: those of one level may start together once the levels before are up.
    /// </summary>
    /// <param name="only">The services that are wanted, which keep their order even through others; null for all.</param>
    public ImmutableArray<ImmutableArray<string>> StartOrder(IEnumerable<string>? only = null)
    {
        var wanted = only?.ToHashSet(StringComparer.Ordinal);
        return [.. Levels().Select(l => wanted is null ? l : [.. l.Where(wanted.Contains)]).Where(l => !l.IsEmpty)];
    }

    /// <summary>Levels in the order of stopping: whoever depends on a service stops before it.</summary>
    public ImmutableArray<ImmutableArray<string>> StopOrder(IEnumerable<string>? only = null) => [.. StartOrder(only).Reverse()];

    /// <summary>The names and everything that they depend on, directly or not.</summary>
    public ImmutableSortedSet<string> WithDependencies(IEnumerable<string> names) => Closure(names, KnownDependencies);

    /// <summary>The names and everything that depends on them, directly or not.</summary>
    public ImmutableSortedSet<string> WithDependants(IEnumerable<string> names)
    {
        var dependants = _dependencies.SelectMany(d => d.Value.Select(on => (On: on, By: d.Key))).ToLookup(p => p.On, p => p.By, StringComparer.Ordinal);
        return Closure(names, name => dependants[name]);
    }

    private IEnumerable<string> KnownDependencies(string name) =>
        _dependencies.TryGetValue(name, out var on) ? on.Where(_dependencies.ContainsKey) : [];

    private static ImmutableSortedSet<string> Closure(IEnumerable<string> names, Func<string, IEnumerable<string>> next)
    {
        var found = ImmutableSortedSet.CreateBuilder<string>(StringComparer.Ordinal);
        var open = new Stack<string>(names);
        while (open.TryPop(out var name))
        {
            if (!found.Add(name)) continue;
            foreach (var other in next(name)) open.Push(other);
        }

        return found.ToImmutable();
    }

    private ImmutableArray<ImmutableArray<string>> Levels()
    {
        var waitsFor = _dependencies.Keys.ToDictionary(n => n, n => KnownDependencies(n).Count(), StringComparer.Ordinal);
        var dependants = _dependencies.SelectMany(d => d.Value.Select(on => (On: on, By: d.Key))).ToLookup(p => p.On, p => p.By, StringComparer.Ordinal);
        var levels = ImmutableArray.CreateBuilder<ImmutableArray<string>>();
        var level = waitsFor.Where(w => w.Value == 0).Select(w => w.Key).ToList();
        while (level.Count > 0)
        {
            levels.Add([.. level.Order(StringComparer.Ordinal)]);
            foreach (var name in level) waitsFor.Remove(name);
            level = [.. level.SelectMany(n => dependants[n]).Where(n => --waitsFor[n] == 0)];
        }

        if (waitsFor.Count > 0) levels.Add([.. waitsFor.Keys.Order(StringComparer.Ordinal)]);
        return levels.ToImmutable();
    }

    private IEnumerable<DefinitionError> FindUnknown() =>
        from service in _dependencies
        from other in service.Value
        where !_dependencies.ContainsKey(other)
        let hint = Suggestions.For(other, _dependencies.Keys.Where(k => k != service.Key))
        select new DefinitionError($"depends_on.{other}", $"There is no service '{other}'.{hint}", service.Key);

    /// <summary>Walks the graph in depth with a stack of its own, so that a long chain cannot exhaust the thread's.</summary>
    private IEnumerable<DefinitionError> FindCycles()
    {
        var done = new HashSet<string>(StringComparer.Ordinal);
        var path = new List<string>();
        var open = new Stack<(string Name, IEnumerator<string> Next)>();
        foreach (var root in _dependencies.Keys)
        {
            Enter(root);
            while (open.TryPeek(out var top))
            {
                if (!top.Next.MoveNext())
                {
                    open.Pop();
                    path.RemoveAt(path.Count - 1);
                    continue;
                }

                var start = path.IndexOf(top.Next.Current);
                if (start >= 0) yield return Cycle(path[start..]);
                else Enter(top.Next.Current);
            }
        }

        void Enter(string name)
        {
            if (!done.Add(name)) return;
            path.Add(name);
            open.Push((name, KnownDependencies(name).GetEnumerator()));
        }
    }

    private static DefinitionError Cycle(List<string> members)
    {
        var first = members.IndexOf(members.Min(StringComparer.Ordinal)!);
        var path = members[first..].Concat(members[..first]).Append(members[first]);
        return new DefinitionError(
            "depends_on", $"The services wait for each other in a circle: {string.Join(" -> ", path)}. Take one of these dependencies out.", members[first]);
    }
}
