using Xunit;
using Ziggie.Dashboard.Model.Logs;
using Ziggie.Dashboard.Tests.Machine;

namespace Ziggie.Dashboard.Tests.Logs;

public sealed class LogAddressTests
{
    [Fact]
    public void A_view_survives_the_address()
    {
        var state = new LogViewState
        {
            Text = "a&b=c +ü",
            IsRegex = true,
            OnlyMatches = true,
            Since = "15m",
            Until = "2026-01-31T12:00:00Z",
            Wraps = false,
            ShowsTimes = false,
            Line = "api:42",
        };
        var address = state.Apply("http://host/services/api?tab=logs&q=old&line=1");

        Assert.StartsWith("/services/api?tab=logs&", address);
        Assert.Equal(state, LogViewState.Parse(new Uri("http://host" + address).Query));
        Assert.Equal("/services/api?tab=logs", new LogViewState().Apply("http://host" + address));
        Assert.Equal("/logs", new LogViewState().Apply("http://host/logs?q=x"));
    }

    [Fact]
    public void What_makes_no_sense_in_an_address_is_left_out() =>
        Assert.Equal(new LogViewState(), LogViewState.Parse("?since=never&until=tomorrow&regex=maybe&wrap=2"));

    [Fact]
    public void A_range_is_a_moment_or_how_long_ago()
    {
        var now = new DateTimeOffset(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);
        var filter = new LogViewState { Since = "1h30m", Until = "2026-01-31T11:00:00+01:00" }.Filter(now);

        Assert.Equal(now.AddMinutes(-90), filter.Since);
        Assert.Equal(now.AddHours(-2), filter.Until);
        Assert.Null(filter.Pattern);
    }

    [Theory]
    [InlineData("[a-")]
    [InlineData("(?=a)b")]
    public void A_bad_expression_is_told_in_words(string text)
    {
        var error = Assert.ThrowsAny<ArgumentException>(() => new LogViewState { Text = text, IsRegex = true }.Filter(default));
        Assert.Contains(' ', error.Message);
    }

    [Fact]
    public void How_lines_look_changes_nothing_of_which_they_are()
    {
        var state = new LogViewState { Text = "x" };
        Assert.True(state.ShowsSameAs(state with { Wraps = false, ShowsTimes = false, Line = "1" }));
        Assert.False(state.ShowsSameAs(state with { OnlyMatches = true }));
    }

    [Fact]
    public void A_line_has_a_name()
    {
        var one = LogSource.Of(["api"]);
        Assert.Equal("42", one[0].LineName(42, isOnly: true));
        Assert.Equal("api.err:42", one[1].LineName(42, isOnly: true));
        Assert.Equal((0, 42L), LogSource.Find(one, "42"));
        Assert.Equal((1, 7L), LogSource.Find(one, "api.err:7"));
        Assert.Equal((2, 7L), LogSource.Find(LogSource.Of(["api", "db"]), "db:7"));
        Assert.Null(LogSource.Find(one, "db:7"));
        Assert.Null(LogSource.Find(one, "api:"));
        Assert.Null(LogSource.Find(one, "-1"));
        Assert.Null(LogSource.Find(one, null));
    }

    [Fact]
    public void The_choice_of_services_stands_beside_the_view()
    {
        var choice = LogChoice.Parse("?services=db,API,,db&q=x&line=1");
        Assert.Equal(["db", "api"], choice.Services.AsEnumerable());
        Assert.Equal("/logs?services=db,api&q=x", choice.Apply("http://host/logs?group=old&q=x&line=1"));
        Assert.Equal("backend", LogChoice.Parse("?group=backend").Group);
    }

    [Fact]
    public void What_is_chosen_and_not_there_is_named()
    {
        var there = Picture.Of(Picture.In("backend", "rot"));
        Assert.Null(LogChoice.Parse("?services=rot").MissingWords(there));
        Assert.Equal("nosuch is not there.", LogChoice.Parse("?services=rot,nosuch").MissingWords(there));
        Assert.Equal("a, b and c are not there.", LogChoice.Parse("?services=a,rot,b,c").MissingWords(there));
        Assert.Null(LogChoice.Parse("?group=Backend").MissingWords(there));
        Assert.Equal("No service is in the group none.", LogChoice.Parse("?group=none").MissingWords(there));
    }
}
