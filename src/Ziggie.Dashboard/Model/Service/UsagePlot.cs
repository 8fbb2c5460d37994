using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Ziggie.Dashboard.Model.Service;

/// <summary>A measured value at a time; null where nothing was known.</summary>
public readonly record struct PlotPoint(DateTimeOffset At, double? Value);

/// <summary>A line over time in a box of 1000 x 1000, with the marks of its axes. What is drawn around it is the page's.</summary>
public sealed class UsagePlot
{
    public const double Size = 1000;

    private readonly DateTimeOffset _from;
    private readonly TimeSpan _span;

    /// <param name="points">In the order of time.</param>
    /// <param name="now">The right edge.</param>
    /// <param name="range">How far the left edge lies back.</param>
    /// <param name="least">The axis goes at least so far.</param>
    /// <param name="limit">Drawn as a line, if it is not far above everything else; null for none.</param>
    public UsagePlot(IReadOnlyList<PlotPoint> points, DateTimeOffset now, PlotRange range, double least, double? limit = null)
    {
        (_from, _span, Range, Limit) = (now - range.Span, range.Span, range, limit);
        Points = [.. points.Where(p => p.At >= _from && p.At <= now)];
        var greatest = Points.Max(p => p.Value) ?? 0;
        // A limit far above what is used would press the line to the ground.
        IsLimitShown = limit is { } line && line <= Math.Max(least, greatest) * 8;
        Top = NiceTop(Math.Max(least, Math.Max(greatest, IsLimitShown ? limit!.Value : 0)) * 1.05);
        Line = PathOf();
        Area = Line.Length == 0 ? "" : AreaOf();
    }

    public ImmutableArray<PlotPoint> Points { get; }

    public PlotRange Range { get; }

    public double? Limit { get; }

    public bool IsLimitShown { get; }

    /// <summary>The value at the upper edge.</summary>
    public double Top { get; }

    /// <summary>Path data; gaps where nothing was measured.</summary>
    public string Line { get; }

    /// <summary>Path data of what is below the line.</summary>
    public string Area { get; }

    /// <summary>From the bottom up: quarters of the axis.</summary>
    public IEnumerable<(double Value, double Y)> Marks => Enumerable.Range(0, 5).Select(i => (Top * i / 4, Y(Top * i / 4)));

    /// <summary>From the left edge to now.</summary>
    public IEnumerable<(string Text, double X)> Times
    {
        get
        {
            for (var back = Range.Span; back >= TimeSpan.Zero; back -= Range.Step)
                yield return (back == TimeSpan.Zero ? "now" : string.Create(CultureInfo.InvariantCulture, $"−{back.TotalMinutes:0} min"), X(_from + _span - back));
        }
    }

    public double X(DateTimeOffset at) => Math.Round((at - _from) / _span * Size, 1);

    public double Y(double value) => Math.Round(Size - (Math.Clamp(value / Top, 0, 1) * Size), 1);

    public bool Contains(DateTimeOffset at) => at >= _from && at <= _from + _span;

    /// <summary>1, 2, 4, 6 or 8 times a power of ten, so that quarters of it can be read; not below the value.</summary>
    public static double NiceTop(double value)
    {
        if (value <= 0) return 1;
        var power = Math.Pow(10, Math.Floor(Math.Log10(value)));
        return new[] { 1, 2, 4, 6, 8, 10 }.Select(step => step * power).First(top => top >= value * 0.999999);
    }

    private string PathOf()
    {
        var path = new StringBuilder();
        var longest = LongestStep();
        PlotPoint? before = null;
        foreach (var point in Points)
        {
            if (point.Value is not { } value)
            {
                before = null;
                continue;
            }
            var goesOn = before is { } last && point.At - last.At <= longest;
            path.Append(CultureInfo.InvariantCulture, $"{(goesOn ? 'L' : 'M')}{X(point.At)} {Y(value)}");
            before = point;
        }
        return path.ToString();
    }

    // Each piece of the line down to the ground and back.
    private string AreaOf()
    {
        var area = new StringBuilder();
        foreach (var piece in Line.Split('M', StringSplitOptions.RemoveEmptyEntries))
        {
            var (first, last) = (piece.Split('L')[0], piece.Split('L')[^1]);
            area.Append(CultureInfo.InvariantCulture, $"M{first.Split(' ')[0]} {Size}L{piece}L{last.Split(' ')[0]} {Size}Z");
        }
        return area.ToString();
    }

    /// <summary>What lies further apart than a few samples is a time without a process.</summary>
    private TimeSpan LongestStep()
    {
        var steps = Points.Zip(Points.Skip(1), (a, b) => b.At - a.At).Order().ToList();
        return steps.Count == 0 ? _span : Max(steps[steps.Count / 2] * 3.5, TimeSpan.FromSeconds(5));
    }

    private static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;
}
