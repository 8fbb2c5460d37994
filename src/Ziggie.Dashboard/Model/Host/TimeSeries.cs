using System.Globalization;
using System.Text;

namespace Ziggie.Dashboard.Model.Host;

/// <summary>Values over time as lines of an SVG, placed by their time: where nothing was measured for long, there is a gap.</summary>
/// <param name="Line">Path data of the line.</param>
/// <param name="Area">Path data of what lies below it.</param>
/// <param name="Last">The newest value; null when there is none.</param>
/// <param name="Highest">Of all values; null when there is none.</param>
/// <param name="Mean">Of all values; null when there is none.</param>
public sealed record TimeSeries(string Line, string Area, double? Last, double? Highest, double? Mean)
{
    public static TimeSeries Empty { get; } = new("", "", null, null, null);

    /// <param name="points">In the order of time.</param>
    /// <param name="until">The right edge.</param>
    /// <param name="range">From the left edge to the right one.</param>
    /// <param name="top">The value at the upper edge.</param>
    /// <param name="width">Of the box.</param>
    /// <param name="height">Of the box.</param>
    public static TimeSeries Of(
        IReadOnlyList<(DateTimeOffset At, double Value)> points, DateTimeOffset until, TimeSpan range, double top, double width, double height)
    {
        var shown = points.Where(p => p.At >= until - range && p.At <= until).ToList();
        if (shown.Count == 0) return Empty;
        // Half minutes are the coarsest that is measured; what is further apart is not joined.
        var longest = TimeSpan.FromTicks(Math.Max(TimeSpan.FromSeconds(75).Ticks, range.Ticks / 40));
        var (line, area) = (new StringBuilder(), new StringBuilder());
        double startX = 0, lastX = 0;
        for (var i = 0; i < shown.Count; i++)
        {
            var x = width * (1 - ((until - shown[i].At) / range));
            var y = height * (1 - Math.Clamp(shown[i].Value / top, 0, 1));
            if (i == 0 || shown[i].At - shown[i - 1].At > longest)
            {
                if (i > 0) Close();
                startX = x;
                line.Append(CultureInfo.InvariantCulture, $"M{x:0.#} {y:0.#}");
                area.Append(CultureInfo.InvariantCulture, $"M{x:0.#} {height:0.#}L{x:0.#} {y:0.#}");
            }
            else
            {
                line.Append(CultureInfo.InvariantCulture, $"L{x:0.#} {y:0.#}");
                area.Append(CultureInfo.InvariantCulture, $"L{x:0.#} {y:0.#}");
            }
            lastX = x;
        }
        Close();
        return new TimeSeries(line.ToString(), area.ToString(), shown[^1].Value, shown.Max(p => p.Value), shown.Average(p => p.Value));

        void Close() => area.Append(CultureInfo.InvariantCulture, $"L{lastX:0.#} {height:0.#}L{startX:0.#} {height:0.#}Z");
    }

    /// <summary>The next of 1, 2, 2.5, 5, 10 and so on that is not below: a round number for the upper edge.</summary>
    public static double RoundUp(double value)
    {
        if (value <= 0) return 1;
        var power = Math.Pow(10, Math.Floor(Math.Log10(value)));
        foreach (var step in (double[])[1, 2, 2.5, 5])
        {
            if (step * power >= value * 0.9999) return step * power;
        }
        return 10 * power;
    }
}
