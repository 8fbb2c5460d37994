using System.Text.Json.Nodes;
using Xunit;
using Ziggie.Dashboard.Live;
using Ziggie.Dashboard.Model.History;
using Ziggie.Persistence.History;

namespace Ziggie.Dashboard.Tests.Machine;

public sealed class HistoryModelTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 10, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("?service=Web&kind=problems&who=ann&since=24h", "/history?service=web&kind=problems&who=ann&since=24h")]
    [InlineData("?kind=exited,gave_up&until=2026-03-01T00%3A00%3A00Z", "/history?kind=exited%2Cgave_up&until=2026-03-01T00%3A00%3A00Z")]
    [InlineData("?at=2026-03-01T03:12:00Z", "/history?at=2026-03-01T03%3A12%3A00Z")]
    [InlineData("?service=%20&kind=nonsense&since=yesterday&at=soon&who=", "/history")]
    [InlineData("?service=No%20name%20", "/history?service=No%20name")]
    public void A_view_survives_its_address_and_nonsense_is_left_out(string query, string address) =>
        Assert.Equal(address, HistoryFilter.Parse(query).Address());

    [Fact]
    public void What_can_be_no_name_of_a_service_does_not_show_all_of_them()
    {
        var filter = HistoryFilter.Parse("?service=no%20name");
        Assert.Equal((true, "no name"), (filter.IsNoName, filter.ToQuery(Now, 7).Service));
        Assert.False(HistoryFilter.Parse("?service=WEB").IsNoName);
        Assert.False(new HistoryFilter().IsNoName);
    }

    [Fact]
    public void A_view_asks_for_what_it_says()
    {
        var query = HistoryFilter.Parse("?kind=users&since=2h&until=2026-03-10T11:00:00Z").ToQuery(Now, 7);
        Assert.Contains("signed_in", query.Kinds);
        Assert.Equal((Now.AddHours(-2), Now.AddHours(-1), 7), (query.Since, query.Until, query.Limit));
    }

    [Fact]
    public void All_kinds_that_are_grouped_are_known_and_have_a_picture_of_their_own()
    {
        Assert.Empty(KindGroups.All.SelectMany(g => g.Kinds).Except(HistoryKinds.All));
        var plain = KindLook.Of(Entry("e1", Now, "nothing that is known")).Icon;
        Assert.DoesNotContain(HistoryKinds.All, kind => kind != "state" && KindLook.Of(Entry("e1", Now, kind)).Icon == plain);
        Assert.Equal("z-bad", KindLook.Of(Entry("e1", Now, "health_changed") with { Details = new JsonObject { ["health"] = "unhealthy" } }).Tone);
        Assert.Equal(("", "z-warn"), (KindLook.Of(Entry("e1", Now, "exited") with { Code = 0 }).Tone, KindLook.Of(Entry("e1", Now, "exited") with { Code = 3 }).Tone));
    }

    [Fact]
    public void Days_are_those_of_the_reader()
    {
        var zone = BrowserZone.Of("Nowhere/Far", minutesBehind: -120);
        HistoryEntry[] entries = [Entry("e3", Now, "started"), Entry("e2", Now.AddHours(-13), "started"), Entry("e1", Now.AddHours(-15), "started")];
        // 23:00 UTC of the day before is 01:00 two hours further east.
        Assert.Equal([("Today", 2), ("Yesterday", 1)], HistoryDay.Group(entries, zone, Now).Select(d => (d.Title, d.Entries.Count)));
        Assert.Equal([("Today", 1), ("Yesterday", 2)], HistoryDay.Group(entries, TimeZoneInfo.Utc, Now).Select(d => (d.Title, d.Entries.Count)));
        Assert.Equal("Sunday, 1 March 2026", HistoryDay.Group([Entry("e1", new(2026, 3, 1, 9, 0, 0, TimeSpan.Zero), "started")], TimeZoneInfo.Utc, Now)[0].Title);
    }

    [Fact]
    public async Task What_is_new_comes_in_front_and_what_was_loaded_stays()
    {
        var (history, pages) = (new StubHistory(), new HistoryPages());
        history.Write(250);
        Assert.True(await pages.RefreshAsync(history, Query));
        Assert.False(await pages.RefreshAsync(history, Query));
        await pages.MoreAsync(history, Query);
        Assert.Equal((200, true), (pages.Entries.Count, pages.HasMore));

        history.Write(3);
        Assert.True(await pages.RefreshAsync(history, Query));

        Assert.Equal(203, pages.Entries.Count);
        Assert.Equal(Enumerable.Range(51, 203).Reverse().Select(n => $"e{n}"), pages.Entries.Select(e => e.Id));
        await pages.MoreAsync(history, Query);
        Assert.Equal((253, false), (pages.Entries.Count, pages.HasMore));
    }

    [Fact]
    public async Task After_more_than_a_page_the_list_begins_anew_instead_of_having_a_hole()
    {
        var (history, pages) = (new StubHistory(), new HistoryPages());
        history.Write(150);
        await pages.RefreshAsync(history, Query);
        await pages.MoreAsync(history, Query);
        history.Write(500);
        Assert.True(await pages.RefreshAsync(history, Query));
        Assert.Equal(Enumerable.Range(551, 100).Reverse().Select(n => $"e{n}"), pages.Entries.Select(e => e.Id));
        await pages.MoreAsync(history, Query);
        Assert.Equal("e451", pages.Entries[^1].Id);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_page_that_stays_open_does_not_grow_without_end_unless_somebody_reads_what_is_older(bool readsOlder)
    {
        var (history, pages) = (new StubHistory(), new HistoryPages());
        history.Write(250);
        await pages.RefreshAsync(history, Query);
        if (readsOlder) await pages.MoreAsync(history, Query);
        var most = 0;
        for (var n = 0; n < 20; n++)
        {
            history.Write(50);
            Assert.True(await pages.RefreshAsync(history, Query));
            Assert.Equal($"e{300 + (n * 50)}", pages.Entries[0].Id);
            most = Math.Max(most, pages.Entries.Count);
        }
        Assert.Equal(readsOlder ? 1200 : HistoryPages.Most, most);
        await pages.MoreAsync(history, Query);
        var newest = 1250;
        Assert.Equal(Enumerable.Range(0, pages.Entries.Count).Select(n => $"e{newest - n}"), pages.Entries.Select(e => e.Id));
    }

    [Fact]
    public async Task What_lies_in_the_future_is_shown_as_of_now()
    {
        var view = await PastView.ReadAsync(new StubHistory(), Now.AddDays(1), Now);
        Assert.Equal((Now, 0), (view.At, view.Running));
    }

    private static HistoryQuery Query => new() { Limit = HistoryPages.PageSize };

    internal static HistoryEntry Entry(string id, DateTimeOffset at, string kind) => new() { Id = id, At = at, Kind = kind, Message = "It happened." };
}
