using System.Globalization;
using System.Text;

namespace Ziggie.Dashboard.Model;

/// <summary>A line of values as an SVG path, drawn without axes.</summary>
public static class Sparkline
{
    /// <summary>
    /// Path data in a box of the given size, newest value at the right edge. Gaps (null) break the line. Empty with fewer than two values.
    /// </summary>
    /// <param name="values">In the order of time.</param>
    /// <param name="width">Of the box.</param>
    /// <param name="height">Of the box; the largest value touches the top, zero the bottom.</param>
    /// <param name="least">Values that are all smaller than this stay low instead of filling the box.</param>
    public static string Path(IReadOnlyList<double?> values, double width, double height, double least)
    {
        if (values.Count(v => v is not null) < 2) return "";
        var top = Math.Max(least, values.Max() ?? 0);
        var step = width / (values.Count - 1);
        var path = new StringBuilder();
        var isDown = false;
        for (var i = 0; i < values.Count; i++)
        {
            if (values[i] is not { } value)
            {
                isDown = false;
                continue;
            }
            var y = height - (Math.Max(0, value) / top * height);
            path.Append(CultureInfo.InvariantCulture, $"{(isDown ? 'L' : 'M')}{i * step:0.#} {y:0.#}");
            isDown = true;
        }
        return path.ToString();
    }
}
