using Ziggie.Actors.Resources;

namespace Ziggie.Dashboard.Model.Host;

/// <summary>One chart of the machine: what it is called, its values, and how they are written.</summary>
/// <param name="Title">"Processor".</param>
/// <param name="Points">In the order of time.</param>
/// <param name="Top">The value at the upper edge.</param>
/// <param name="Write">A value for people.</param>
/// <param name="Now">What stands beside the title.</param>
public sealed record HostChart(
    string Title, IReadOnlyList<(DateTimeOffset At, double Value)> Points, double Top, Func<double, string> Write, string Now);

/// <summary>Reads the charts of the machine.</summary>
public static class HostCharts
{
    private const int Points = 240;

    /// <summary>Processor, memory, load, and swap where there is any.</summary>
    public static IReadOnlyList<HostChart> Of(IResourceFeed resources, DateTimeOffset since)
    {
        var host = resources.Current.Host;
        var whole = resources.History(IResourceFeed.Host, since, Points);
        var load = Values(resources.History(IResourceFeed.HostLoad, since, Points), p => p.CpuPercent / 100);
        List<HostChart> charts =
        [
            new("Processor", Values(whole, p => p.CpuPercent), 100, v => Figures.Percent(v), Figures.Percent(host.CpuPercent)),
            new("Memory", Values(whole, p => p.MemoryBytes), host.MemoryTotalBytes ?? Highest(Values(whole, p => p.MemoryBytes)), v => Figures.Bytes((long)v),
                $"{Figures.Bytes(host.MemoryUsedBytes)} of {Figures.Bytes(host.MemoryTotalBytes)}"),
            new("Load", load, TimeSeries.RoundUp(Math.Max(Environment.ProcessorCount, Highest(load))),
                v => v.ToString("0.##", System.Globalization.CultureInfo.InvariantCulture),
                host.Load.IsDefaultOrEmpty ? "–" : string.Join(" · ", host.Load.Select(l => l.ToString("0.00", System.Globalization.CultureInfo.InvariantCulture)))),
        ];
        if (host.SwapTotalBytes is { } swap and > 0)
        {
            charts.Add(new("Swap", Values(resources.History(IResourceFeed.HostSwap, since, Points), p => p.MemoryBytes), swap,
                v => Figures.Bytes((long)v), $"{Figures.Bytes(host.SwapUsedBytes)} of {Figures.Bytes(swap)}"));
        }
        return charts;
    }

    /// <summary>The recent past of a core, without axes.</summary>
    public static IReadOnlyList<double?> OfCore(IResourceFeed resources, int core, DateTimeOffset since) =>
        [.. resources.History(IResourceFeed.HostCore(core), since, 60).Select(p => p.CpuPercent)];

    private static List<(DateTimeOffset At, double Value)> Values(IEnumerable<UsagePoint> points, Func<UsagePoint, double?> of) =>
        [.. points.Select(p => (p.At, Value: of(p))).Where(p => p.Value is not null).Select(p => (p.At, p.Value!.Value))];

    private static double Highest(IReadOnlyList<(DateTimeOffset At, double Value)> points) => points.Count == 0 ? 1 : Math.Max(1, points.Max(p => p.Value));
}
