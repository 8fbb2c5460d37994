using Xunit;
using Ziggie.Actors.Resources;
using Ziggie.Dashboard.Model.Host;

namespace Ziggie.Dashboard.Tests.Machine;

public sealed class HostModelTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 10, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("?tab=processes&sort=memory&search=java", "/host?tab=processes&sort=memory&search=java")]
    [InlineData("?tab=processes&search=two%20", "/host?tab=processes&search=two%20")]
    [InlineData("?range=1h", "/host?range=1h")]
    [InlineData("?tab=9&sort=nonsense&range=2d", "/host")]
    public void A_view_survives_its_address_and_nonsense_is_left_out(string query, string address) => Assert.Equal(address, HostView.Parse(query).Address());

    [Fact]
    public void Values_are_placed_by_their_time()
    {
        var series = Draw((Now.AddMinutes(-10), 0), (Now.AddMinutes(-9), 50), (Now.AddMinutes(-8), 200));
        Assert.Equal("M0 100L60 50L120 0", series.Line);
        Assert.Equal("M0 100L0 100L60 50L120 0L120 100L0 100Z", series.Area);
        Assert.Equal((200, 200), (series.Last, series.Highest));
    }

    [Fact]
    public void Where_nothing_was_measured_is_a_gap()
    {
        var series = Draw((Now.AddMinutes(-10), 10), (Now.AddMinutes(-9), 10), (Now.AddMinutes(-2), 20), (Now.AddMinutes(-1), 20));
        Assert.Equal(2, series.Line.Count(c => c == 'M'));
        Assert.Equal(2, series.Area.Count(c => c == 'Z'));
        Assert.Equal(15, series.Mean);
        Assert.Equal(TimeSeries.Empty, Draw());
        Assert.Equal(TimeSeries.Empty, Draw((Now.AddHours(-2), 1)));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(0.3, 0.5)]
    [InlineData(2, 2)]
    [InlineData(2.1, 2.5)]
    [InlineData(7, 10)]
    [InlineData(120, 200)]
    public void The_upper_edge_is_a_round_number(double value, double expected) => Assert.Equal(expected, TimeSeries.RoundUp(value), 9);

    [Fact]
    public void A_disk_holds_what_lies_on_it()
    {
        var disk = Assert.Single(DiskUsage.Of(("home", Path.GetTempPath()), ("logs", Path.GetTempPath())));
        Assert.Equal(["home", "logs"], disk.Holds);
        Assert.InRange(disk.UsedPercent, 0, 100);
        Assert.True(disk.TotalBytes > 0);
    }

    private static TimeSeries Draw(params (DateTimeOffset, double)[] points) => TimeSeries.Of(points, Now, TimeSpan.FromMinutes(10), 100, 600, 100);
}
