using System.Collections.Immutable;

namespace Ziggie.Dashboard.Model.Graph;

/// <summary>Where everything is, in pixels.</summary>
/// <param name="Places">The upper left corner of each service, in an order that can be read: what is waited for first.</param>
/// <param name="Lines">The ways of the links.</param>
/// <param name="Width">Of the whole.</param>
/// <param name="Height">Of the whole.</param>
public sealed record GraphDrawing(ImmutableArray<GraphPlace> Places, ImmutableArray<GraphLine> Lines, double Width, double Height)
{
    public const double NodeWidth = 196, NodeHeight = 50;

    public static GraphDrawing Empty { get; } = new([], [], 0, 0);
}

/// <param name="Name">The service.</param>
/// <param name="X">Of its left edge.</param>
/// <param name="Y">Of its upper edge.</param>
public sealed record GraphPlace(string Name, double X, double Y);

/// <param name="On">Where it begins.</param>
/// <param name="By">Where it ends.</param>
/// <param name="Path">As SVG has it.</param>
/// <param name="LabelX">Of the middle.</param>
/// <param name="LabelY">Of the middle.</param>
public sealed record GraphLine(string On, string By, string Path, double LabelX, double LabelY);
