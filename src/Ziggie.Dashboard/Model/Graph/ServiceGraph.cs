using System.Collections.Immutable;
using Ziggie.Actors;
using Ziggie.Actors.Domain;
using Ziggie.Actors.Domain.Definitions;
using Ziggie.Actors.Live;

namespace Ziggie.Dashboard.Model.Graph;

/// <summary>Which services wait for which, of one picture.</summary>
/// <param name="Linked">Services with a dependency or a dependant, by name; those of other groups that belong to the shown ones included.</param>
/// <param name="Links">Between them.</param>
/// <param name="Apart">Services without any, by name.</param>
/// <param name="Waiting">Those that wait now, by name.</param>
public sealed record ServiceGraph(
    ImmutableArray<ServiceView> Linked, ImmutableArray<DependencyLink> Links, ImmutableArray<ServiceView> Apart, ImmutableArray<ServiceView> Waiting)
{
    public static ServiceGraph Empty { get; } = new([], [], [], []);

    public static ServiceGraph Of(ServiceSnapshot snapshot, GraphFilter filter)
    {
        var all = snapshot.Services;
        var wanted = all.Values.Where(s => filter.Group is null || s.Groups.Contains(filter.Group, StringComparer.OrdinalIgnoreCase)).Select(s => s.Name)
            .ToHashSet(StringComparer.Ordinal);
        List<DependencyLink> links =
        [
            .. from service in all.Values
               from needed in service.Definition.DependsOn
               where all.ContainsKey(needed.Key) && (wanted.Contains(service.Name) || wanted.Contains(needed.Key))
               select new DependencyLink(needed.Key, service.Name, needed.Value, IsMet(all[needed.Key], needed.Value)),
        ];
        var linked = links.SelectMany(l => (string[])[l.On, l.By]).ToHashSet(StringComparer.Ordinal);
        return new ServiceGraph(
            [.. all.Values.Where(s => linked.Contains(s.Name))], [.. links],
            [.. all.Values.Where(s => wanted.Contains(s.Name) && !linked.Contains(s.Name))],
            [.. all.Values.Where(s => s.Phase == Phase.Waiting && (wanted.Contains(s.Name) || linked.Contains(s.Name)))]);
    }

    /// <summary>Every group with the number of its services, by name.</summary>
    public static ImmutableArray<(string Name, int Count)> GroupsOf(ServiceSnapshot snapshot) =>
    [
        .. snapshot.Services.Values.SelectMany(s => s.Groups).GroupBy(group => group, StringComparer.OrdinalIgnoreCase)
            .Select(group => (group.Key, group.Count())).OrderBy(group => group.Key, StringComparer.OrdinalIgnoreCase),
    ];

    /// <summary>Whether a service that waits for it would start now, as far as the picture tells.</summary>
    public static bool IsMet(ServiceView on, DependencyCondition condition) => condition switch
    {
        DependencyCondition.Started => on.Pid is not null || on.Phase == Phase.Completed,
        DependencyCondition.Ready => on.Ready,
        DependencyCondition.Healthy => on is { Ready: true, Health: Health.Healthy },
        _ => on.Phase == Phase.Completed,
    };
}

/// <summary>One service waits for another.</summary>
/// <param name="On">What is waited for.</param>
/// <param name="By">Who waits.</param>
/// <param name="Condition">Until when.</param>
/// <param name="IsMet">Whether that is so now.</param>
public sealed record DependencyLink(string On, string By, DependencyCondition Condition, bool IsMet)
{
    /// <summary>"ready".</summary>
    public string Word => Condition.ToString().ToLowerInvariant();
}
