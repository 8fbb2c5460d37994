using System.Collections.Immutable;
using Ziggie.Actors;
using Ziggie.Actors.Domain;
using Ziggie.Actors.Live;
using Ziggie.Actors.Resources;

namespace Ziggie.Dashboard.Model.Services;

/// <summary>What the page of all services shows of one picture.</summary>
/// <param name="Rows">Those that fit the filter, sorted.</param>
/// <param name="Total">All there are.</param>
/// <param name="Groups">Every group, with how many services are in it; by name.</param>
/// <param name="ByStatus">How many of each status, whatever the filter says.</param>
/// <param name="Unhealthy">How many of those that run are not well, likewise.</param>
public sealed record ServiceList(
    ImmutableArray<ServiceRow> Rows, int Total, ImmutableArray<(string Name, int Count)> Groups, IReadOnlyDictionary<ServiceStatus, int> ByStatus,
    int Unhealthy)
{
    /// <summary>The rows that commands to several are for: never the daemon's own.</summary>
    public IEnumerable<string> Choosable => Rows.Where(row => !row.View.IsDaemon).Select(row => row.Name);

    public static ServiceList Empty { get; } = new([], 0, [], ImmutableDictionary<ServiceStatus, int>.Empty, 0);

    public static ServiceList Of(ServiceSnapshot snapshot, ResourcePicture usage, ServiceFilter filter)
    {
        var all = snapshot.Services.Values;
        var rows = all.Where(filter.Matches).Select(view => new ServiceRow(view, usage.Of(view)));
        return new ServiceList(
            [.. Sorted(rows, filter)], snapshot.Services.Count,
            [.. all.SelectMany(view => view.Groups).GroupBy(group => group, StringComparer.OrdinalIgnoreCase)
                .Select(group => (group.Key, group.Count())).OrderBy(group => group.Key, StringComparer.OrdinalIgnoreCase)],
            all.GroupBy(view => view.Status).ToDictionary(group => group.Key, group => group.Count()), all.Count(ServiceWords.IsUnwell));
    }

    private static IEnumerable<ServiceRow> Sorted(IEnumerable<ServiceRow> rows, ServiceFilter filter)
    {
        // The rows come by name, and sorting keeps the order of what is equal.
        if (filter.Sort == ServiceSort.Name) return filter.IsDescending ? rows.Reverse() : rows;
        Func<ServiceRow, double> key = filter.Sort switch
        {
            ServiceSort.Status => row => UrgencyOf(row.View),
            ServiceSort.Health => row => row.View.Health switch { Health.Unhealthy => 0, Health.Healthy => 1, _ => 2 },
            ServiceSort.Cpu => row => row.Usage?.CpuPercent ?? -1,
            ServiceSort.Memory => row => row.Usage?.MemoryBytes ?? -1,
            ServiceSort.Uptime => row => -(row.View.StartedSinceBoot?.TotalSeconds ?? double.MaxValue),
            ServiceSort.Restarts => row => row.View.Restarts,
            _ => row => row.View.Definition.Port ?? int.MaxValue,
        };
        return filter.IsDescending ? rows.OrderByDescending(key) : rows.OrderBy(key);
    }

    /// <summary>What needs somebody comes first.</summary>
    private static int UrgencyOf(ServiceView service) => service switch
    {
        { Phase: Phase.Failed } => 0,
        { Phase: Phase.Backoff } => 1,
        { Health: Health.Unhealthy } => 2,
        { Phase: Phase.Waiting } => 3,
        { Phase: Phase.Starting or Phase.Stopping } => 4,
        { Phase: Phase.Running } => 5,
        { Phase: Phase.Completed } => 6,
        _ => 7,
    };
}
