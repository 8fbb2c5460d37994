using Microsoft.Extensions.Configuration;
using Xunit;
using Ziggie.Api.Hosting;
using Ziggie.Api.Record;

namespace Ziggie.Api.Tests;

public sealed class HistorySettingsTests
{
    [Theory]
    [InlineData(null, null)]
    [InlineData("", null)]
    [InlineData("forever", null)]
    [InlineData("90d", 90 * 24)]
    [InlineData("1h", 1)]
    public void History_is_kept_for_ever_or_for_a_time(string? text, int? hours) =>
        Assert.Equal(hours is { } h ? TimeSpan.FromHours(h) : null, Read(text).KeepFor);

    [Theory]
    [InlineData("59m")]
    [InlineData("0")]
    [InlineData("-1d")]
    [InlineData("soon")]
    public void What_is_no_time_or_too_short_refuses_the_start(string text) =>
        Assert.Contains("at least 1h", Assert.Throws<StartRefusedException>(() => Read(text)).Message);

    private static HistorySettings Read(string? text) =>
        HistorySettings.Read(new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create("History:KeepFor", text)]).Build());
}
