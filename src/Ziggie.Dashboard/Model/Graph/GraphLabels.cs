using System.Collections.Immutable;

namespace Ziggie.Dashboard.Model.Graph;

/// <summary>Puts the word of each line where no other word is.</summary>
internal sealed class GraphLabels
{
    // Of the longest word, "completed", with its halo.
    private const double Width = 62, Height = 16;

    // The line goes through under the word, not behind it.
    private const double Above = 5;

    // The first words take places that others need more.
    private const int Rounds = 4;

    private readonly Dictionary<(int, int), List<(double X, double Y)>> _taken = [];

    /// <summary>The lines with their words; where there is no room at all, a word covers as little as it can.</summary>
    public static ImmutableArray<GraphLine> Place(IReadOnlyList<GraphWay> ways)
    {
        var labels = new GraphLabels();
        var at = new (double X, double Y)[ways.Count];
        for (var round = 0; round < Rounds; round++)
        {
            for (var i = 0; i < ways.Count; i++)
            {
                if (round > 0) labels.CellOf(at[i]).Remove(at[i]);
                at[i] = ways[i].Spots.MinBy(labels.Covered);
                labels.CellOf(at[i]).Add(at[i]);
            }
        }
        return [.. ways.Select((way, i) => new GraphLine(way.On, way.By, way.Path, Math.Round(at[i].X, 1), Math.Round(at[i].Y - Above, 1)))];
    }

    private double Covered((double X, double Y) spot)
    {
        var (column, row) = KeyOf(spot);
        var covered = 0.0;
        for (var x = column - 1; x <= column + 1; x++)
        {
            for (var y = row - 1; y <= row + 1; y++)
            {
                foreach (var other in _taken.GetValueOrDefault((x, y)) ?? [])
                    covered += Math.Max(0, Width - Math.Abs(other.X - spot.X)) * Math.Max(0, Height - Math.Abs(other.Y - spot.Y));
            }
        }
        return covered;
    }

    private List<(double X, double Y)> CellOf((double X, double Y) spot)
    {
        if (!_taken.TryGetValue(KeyOf(spot), out var cell)) _taken[KeyOf(spot)] = cell = [];
        return cell;
    }

    // Words that touch are in the same cell or in neighbours.
    private static (int, int) KeyOf((double X, double Y) spot) => ((int)Math.Floor(spot.X / Width), (int)Math.Floor(spot.Y / Height));
}

/// <param name="On">Where it begins.</param>
/// <param name="By">Where it ends.</param>
/// <param name="Path">As SVG has it.</param>
/// <param name="Spots">Where on it its word may stand, best first.</param>
internal sealed record GraphWay(string On, string By, string Path, IReadOnlyList<(double X, double Y)> Spots);
