using System.Collections.Immutable;
using Ziggie.Actors;
using Ziggie.Actors.Domain;
using Ziggie.Actors.Domain.Definitions;
using Ziggie.Actors.Live;

namespace Ziggie.Dashboard.Model.Service;

/// <summary>A service between what it waits for and what waits for it, laid out in columns.</summary>
/// <param name="Nodes">Each with its place.</param>
/// <param name="Edges">From what is waited for to who waits.</param>
/// <param name="Width">Of the drawing.</param>
/// <param name="Height">Of the drawing.</param>
public sealed record SmallGraph(ImmutableArray<GraphNode> Nodes, ImmutableArray<GraphEdge> Edges, double Width, double Height)
{
    public const double NodeWidth = 132, NodeHeight = 34;
    private const double Gap = 92, Row = 46;

    public static SmallGraph Of(ServiceView service, ServiceSnapshot all)
    {
        var before = service.Definition.DependsOn.Select(d => (Name: d.Key, Condition: d.Value)).ToList();
        var after = all.Services.Values.Where(other => other.Definition.DependsOn.ContainsKey(service.Name))
            .Select(other => (other.Name, Condition: other.Definition.DependsOn[service.Name])).ToList();
        var height = Math.Max(1, Math.Max(before.Count, after.Count)) * Row;
        var column = before.Count > 0 ? NodeWidth + Gap : 0;
        var self = new GraphNode(service.Name, service, column, Centre(height, 1, 0), IsSelf: true);
        var left = before.Select((d, at) => new GraphNode(d.Name, all.Services.GetValueOrDefault(d.Name), 0, Centre(height, before.Count, at))).ToList();
        var right = after.Select((d, at) => new GraphNode(d.Name, all.Services.GetValueOrDefault(d.Name), column + NodeWidth + Gap, Centre(height, after.Count, at))).ToList();
        return new SmallGraph(
            [.. left, self, .. right],
            [
                .. left.Zip(before, (node, d) => new GraphEdge(node, self, d.Condition, IsMet(node.View, d.Condition))),
                .. right.Zip(after, (node, d) => new GraphEdge(self, node, d.Condition, IsMet(service, d.Condition))),
            ],
            column + NodeWidth + (after.Count > 0 ? Gap + NodeWidth : 0), height);
    }

    /// <summary>Whether a service that waits for this may start.</summary>
    public static bool IsMet(ServiceView? on, DependencyCondition condition) => condition switch
    {
        _ when on is null => false,
        DependencyCondition.Started => on.Pid is not null || on.Phase == Phase.Completed,
        DependencyCondition.Ready => on.Ready,
        DependencyCondition.Healthy => on.Ready && on.Health == Health.Healthy,
        _ => on.Phase == Phase.Completed,
    };

    private static double Centre(double height, int count, int at) => (height - (count * Row)) / 2 + (at * Row) + (Row / 2);
}

/// <param name="Name">Of the service.</param>
/// <param name="View">As it is; null when there is none of that name.</param>
/// <param name="X">Of its left side.</param>
/// <param name="Y">Of its middle.</param>
/// <param name="IsSelf">Whether it is the one that the page is about.</param>
public sealed record GraphNode(string Name, ServiceView? View, double X, double Y, bool IsSelf = false);

/// <param name="From">What is waited for.</param>
/// <param name="To">Who waits.</param>
/// <param name="Condition">For what.</param>
/// <param name="IsMet">Whether it is so now.</param>
public sealed record GraphEdge(GraphNode From, GraphNode To, DependencyCondition Condition, bool IsMet);
