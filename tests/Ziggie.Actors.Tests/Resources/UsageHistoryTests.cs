using Xunit;
using Ziggie.Actors.Resources;

namespace Ziggie.Actors.Tests.Resources;

public sealed class UsageHistoryTests
{
    private static readonly DateTimeOffset Begin = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly UsageHistory _history = new(TimeSpan.FromSeconds(2));

    /// <summary>A sample each two seconds; the value tells its number.</summary>
    private void Measure(int count, int from = 0, string name = "api")
    {
        for (var number = from; number < from + count; number++)
            _history.Add(Begin + TimeSpan.FromSeconds(2 * number), [(name, number, number * 1_048_576L)]);
    }

    [Fact]
    public void Samples_come_back_in_their_order_from_a_time_on()
    {
        Measure(10);
        var points = _history.Read("api", Begin + TimeSpan.FromSeconds(10), 100);
        Assert.Equal([5, 6, 7, 8, 9], points.Select(p => p.CpuPercent));
        Assert.Equal(Begin + TimeSpan.FromSeconds(18), points[^1].At);
        Assert.Equal(9 * 1_048_576L, points[^1].MemoryBytes);
        Assert.Empty(_history.Read("other", Begin, 100));
    }

    [Fact]
    public void Fewer_points_are_means_of_the_processor_and_peaks_of_the_memory()
    {
        Measure(10);
        var points = _history.Read("api", Begin, 2);
        Assert.Equal([2, 7], points.Select(p => p.CpuPercent));
        Assert.Equal([4 * 1_048_576L, 9 * 1_048_576L], points.Select(p => p.MemoryBytes));
    }

    [Fact]
    public void What_is_older_than_ten_minutes_is_there_by_half_minutes_for_an_hour()
    {
        Measure(60 * 60); // two hours
        var points = _history.Read("api", Begin, 10_000);
        var end = Begin + TimeSpan.FromSeconds(2 * 3599);
        Assert.InRange(points.Count, 300 + 90, 300 + 110);
        Assert.InRange((end - points[0].At).TotalMinutes, 58, 61);
        Assert.Equal(points.OrderBy(p => p.At), points);
        Assert.Equal(points.Count, points.Select(p => p.At).Distinct().Count());
        Assert.Equal(TimeSpan.FromSeconds(30), points[1].At - points[0].At);
        // Of a value that grows by one each two seconds, the mean of half a minute lies seven below its greatest.
        Assert.Equal(points[0].MemoryBytes / 1_048_576.0 - 7, points[0].CpuPercent);
    }

    [Fact]
    public void Times_without_a_process_have_no_points_and_what_is_long_gone_is_forgotten()
    {
        Measure(5);
        Measure(5, from: 5, name: "other");
        Measure(5, from: 10);
        Assert.Equal([0, 1, 2, 3, 4, 10, 11, 12, 13, 14], _history.Read("api", Begin, 100).Select(p => p.CpuPercent));
        Measure(2 * 60 * 60, from: 15);
        Assert.Empty(_history.Read("other", Begin, 100));
    }
}
