using System.Collections.Immutable;

namespace Ziggie.Dashboard.Model.Service.Form;

public enum LineChange { Same, Removed, Added }

/// <param name="Change">What became of the line.</param>
/// <param name="Text">The line.</param>
public readonly record struct DiffLine(LineChange Change, string Text);

/// <summary>Compares two texts line by line.</summary>
public static class LineDiff
{
    /// <summary>Beyond this a comparison costs more memory than it is worth.</summary>
    private const long MostCells = 4_000_000;

    /// <summary>All lines of both; those that are the same stand once.</summary>
    public static ImmutableArray<DiffLine> Of(string before, string after)
    {
        var (old, now) = (Lines(before), Lines(after));
        var head = 0;
        while (head < old.Length && head < now.Length && old[head] == now[head]) head++;
        var tail = 0;
        while (tail < old.Length - head && tail < now.Length - head && old[^(tail + 1)] == now[^(tail + 1)]) tail++;
        return
        [
            .. old.Take(head).Select(line => new DiffLine(LineChange.Same, line)),
            .. Middle(old[head..^tail], now[head..^tail]),
            .. old.Skip(old.Length - tail).Select(line => new DiffLine(LineChange.Same, line)),
        ];
    }

    private static List<DiffLine> Middle(string[] old, string[] now)
    {
        if ((long)old.Length * now.Length > MostCells)
            return [.. old.Select(line => new DiffLine(LineChange.Removed, line)), .. now.Select(line => new DiffLine(LineChange.Added, line))];

        // common[i, j]: the most lines that old[i..] and now[j..] have in common, in order.
        var common = new int[old.Length + 1, now.Length + 1];
        for (var i = old.Length - 1; i >= 0; i--)
        {
            for (var j = now.Length - 1; j >= 0; j--)
                common[i, j] = old[i] == now[j] ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);
        }

        List<DiffLine> lines = [];
        for (int i = 0, j = 0; i < old.Length || j < now.Length;)
        {
            if (i < old.Length && j < now.Length && old[i] == now[j])
            {
                lines.Add(new(LineChange.Same, old[i++]));
                j++;
            }
            else if (i < old.Length && (j == now.Length || common[i + 1, j] >= common[i, j + 1]))
            {
                lines.Add(new(LineChange.Removed, old[i++]));
            }
            else
            {
                lines.Add(new(LineChange.Added, now[j++]));
            }
        }

        return lines;
    }

    private static string[] Lines(string text) => text.Length == 0 ? [] : text.TrimEnd('\n').Split('\n');
}
