using Xunit;
using Ziggie.Dashboard.Model;

namespace Ziggie.Dashboard.Tests.Services;

public sealed class FiguresTests
{
    [Theory]
    [InlineData(null, "–")]
    [InlineData(0.0, "0 %")]
    [InlineData(0.04, "0 %")]
    [InlineData(0.44, "0.4 %")]
    [InlineData(12.3, "12 %")]
    [InlineData(180.0, "180 %")]
    public void Percentages(double? value, string text) => Assert.Equal(text, Figures.Percent(value));

    [Theory]
    [InlineData(null, "–")]
    [InlineData(0L, "0 B")]
    [InlineData(512L, "512 B")]
    [InlineData(999L, "999 B")]
    [InlineData(1000L, "1.0 kB")]
    [InlineData(4_200_000L, "4.2 MB")]
    [InlineData(128_000_000L, "128 MB")]
    [InlineData(999_600_000L, "1.0 GB")]
    [InlineData(5_000_000_000_000_000L, "5000 TB")]
    public void Sizes(long? bytes, string text) => Assert.Equal(text, Figures.Bytes(bytes));

    [Theory]
    [InlineData(0, "0 services")]
    [InlineData(1, "1 service")]
    [InlineData(1234, "1,234 services")]
    public void Counts(long count, string text) => Assert.Equal(text, Figures.Count(count, "service"));

    [Fact]
    public void A_line_spans_its_box_from_the_oldest_value_to_the_newest() =>
        Assert.Equal("M0 20L50 10L100 0", Sparkline.Path([0, 5, 10], 100, 20, least: 1));

    [Fact]
    public void Small_values_stay_low_and_gaps_break_the_line() =>
        Assert.Equal("M0 18L33.3 20M100 16", Sparkline.Path([1, 0, null, 2], 100, 20, least: 10));

    [Fact]
    public void One_value_is_no_line() => Assert.Equal("", Sparkline.Path([null, 3], 100, 20, 1));
}
