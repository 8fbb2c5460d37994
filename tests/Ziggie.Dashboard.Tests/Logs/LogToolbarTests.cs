using Bunit;
using Microsoft.AspNetCore.Components.Web;
using Xunit;
using Ziggie.Dashboard.Model.Logs;
using Ziggie.Dashboard.Parts.Logs;

namespace Ziggie.Dashboard.Tests.Logs;

public sealed class LogToolbarTests : BunitContext
{
    private readonly List<LogViewState> _changed = [];
    private readonly List<bool> _next = [], _paused = [];

    [Fact]
    public void Without_a_search_nothing_of_matches_is_offered()
    {
        var bar = Show(new LogViewState());
        Assert.Empty(bar.FindAll(".z-log-hits, .z-log-toggle"));
        Assert.Null(bar.Find("input[type=search]").GetAttribute("aria-invalid"));
    }

    [Fact]
    public void A_search_shows_how_it_stands_and_goes_both_ways()
    {
        var bar = Show(new LogViewState { Text = "error" }, hits: new HitStatus(12, 2, true, false, 0));
        Assert.Equal("3 of 12", bar.Find(".z-log-hits [role=status]").TextContent);

        bar.Find("[aria-label='Previous match']").Click();
        bar.Find("[aria-label='Next match']").Click();
        bar.Find("input[type=search]").KeyDown(Key.Enter);
        bar.Find("input[type=search]").KeyDown(new KeyboardEventArgs { Key = "Enter", ShiftKey = true });
        Assert.Equal([true, false, false, true], _next);
    }

    [Fact]
    public void Switches_say_whether_they_are_on_and_turn()
    {
        var bar = Show(new LogViewState { Text = "x", Line = "7" });
        Assert.Equal("false", bar.Find("[aria-label='Regular expression']").GetAttribute("aria-pressed"));
        Assert.Equal("true", bar.Find("[aria-label='Wrap long lines']").GetAttribute("aria-pressed"));

        bar.Find("[aria-label='Regular expression']").Click();
        bar.Find("[aria-label='Wrap long lines']").Click();
        bar.Find("[aria-label='Show times']").Click();
        bar.Find(".z-log-toggle").Click();
        Assert.True(_changed[0].IsRegex);
        Assert.False(_changed[1].Wraps);
        Assert.False(_changed[2].ShowsTimes);
        Assert.Equal((true, null), (_changed[3].OnlyMatches, _changed[3].Line));
    }

    [Fact]
    public void A_refused_expression_is_told_beside_the_field()
    {
        var bar = Show(new LogViewState { Text = "[", IsRegex = true }, refusal: "Unterminated [] set.");
        Assert.Equal("true", bar.Find("input[type=search]").GetAttribute("aria-invalid"));
        Assert.Equal("Unterminated [] set.", bar.Find("#log-refusal").TextContent);
    }

    [Fact]
    public void A_range_is_chosen_or_entered()
    {
        var bar = Show(new LogViewState { Until = "2026-01-31T12:00:00Z" });
        Assert.Equal("custom", bar.Find("select").GetAttribute("value"));
        Assert.Equal(2, bar.FindAll("input[type=datetime-local]").Count);
        Assert.Empty(bar.FindAll(".z-log-follow"));

        bar.Find("select").Change("15m");
        Assert.Equal(("15m", null), (_changed[^1].Since, _changed[^1].Until));
        bar.Find("select").Change("");
        Assert.Null(_changed[^1].Since);
        bar.Find("select").Change("custom");
        Assert.Equal(2, _changed.Count);
    }

    [Theory]
    [InlineData(true, "Pause")]
    [InlineData(false, "Follow")]
    public void Following_is_paused_and_taken_up(bool isFollowing, string word)
    {
        var bar = Show(new LogViewState(), new LogStatus { IsFollowing = isFollowing });
        var button = bar.Find(".z-log-follow");
        Assert.Equal(word, button.TextContent.Trim());
        // Its word says what a click does: that it is pressed would say the contrary.
        Assert.False(button.HasAttribute("aria-pressed"));
        button.Click();
        Assert.Equal([isFollowing], _paused);
    }

    [Fact]
    public void A_download_takes_the_range_along()
    {
        var bar = Show(new LogViewState { Since = "2026-01-31T12:00:00+01:00" });
        Assert.Equal(
            ["/api/services/api/logs/download?since=2026-01-31T12%3A00%3A00%2B01%3A00", "/api/services/api/logs/download?since=2026-01-31T12%3A00%3A00%2B01%3A00&gzip=true"],
            bar.FindAll("a[download]").Select(link => link.GetAttribute("href")));
    }

    private IRenderedComponent<LogToolbar> Show(LogViewState state, LogStatus? status = null, HitStatus? hits = null, string? refusal = null) =>
        Render<LogToolbar>(parameters => parameters
            .Add(bar => bar.State, state).Add(bar => bar.Status, status ?? new LogStatus()).Add(bar => bar.Hits, hits).Add(bar => bar.Refusal, refusal)
            .Add(bar => bar.Services, ["api"]).Add(bar => bar.Changed, _changed.Add).Add(bar => bar.Next, _next.Add).Add(bar => bar.Pause, _paused.Add));
}
