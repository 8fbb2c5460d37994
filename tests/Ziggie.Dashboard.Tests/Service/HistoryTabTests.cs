using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Xunit;
using Ziggie.Actors;
using Ziggie.Dashboard.Parts.Service;

namespace Ziggie.Dashboard.Tests.Service;

public sealed class HistoryTabTests
{
    private static readonly ServiceView Api = Views.Running(Views.Define("api", "command: x"));

    [Fact]
    public async Task Each_entry_says_what_who_and_when()
    {
        await using var pages = new ServicePages();
        pages.History.Add("stop_wanted", "Stop wanted by ben.", "ben");
        var entry = pages.Show<HistoryTab>(Api).Find(".sv-timeline li");
        Assert.Contains("Stop wanted by ben.", entry.TextContent);
        Assert.Contains("by ben", entry.QuerySelector(".sv-meta")!.TextContent);
        Assert.Equal("2026-03-01T12:00:00Z", entry.QuerySelector("time")!.GetAttribute("datetime"));
        Assert.NotNull(entry.QuerySelector("z-time[since]"));
    }

    [Fact]
    public async Task What_is_older_is_loaded_and_what_is_new_comes_by_itself()
    {
        await using var pages = new ServicePages();
        for (var i = 0; i < 120; i++) pages.History.Add("started", $"Run {i}.");
        var tab = pages.Show<HistoryTab>(Api);
        Assert.Equal(50, tab.FindAll(".sv-timeline li").Count);
        await Older(tab).ClickAsync(new());
        await Older(tab).ClickAsync(new());
        Assert.Equal(120, tab.FindAll(".sv-timeline li").Count);
        Assert.DoesNotContain(tab.FindAll("button"), b => b.TextContent == "Older");
        pages.History.Add("exited", "Exited with code 1.");
        tab.Render(p => p.Add(t => t.Service, Api with { Generation = 4 }));
        Assert.Equal(121, tab.FindAll(".sv-timeline li").Count);
        Assert.Contains("Exited with code 1.", tab.Find(".sv-timeline li").TextContent);
    }

    [Fact]
    public async Task A_filter_lives_in_the_address()
    {
        await using var pages = new ServicePages();
        pages.History.Add("started", "Run 1.");
        pages.History.Add("defined", "Defined by anna.", "anna");
        var tab = pages.Show<HistoryTab>(Api, ("Kind", "definition"));
        Assert.Contains("Defined by anna.", Assert.Single(tab.FindAll(".sv-timeline li")).TextContent);
        await tab.Find("#kind").ChangeAsync("runs");
        Assert.EndsWith("/services/api/history?kind=runs", pages.Services.GetRequiredService<NavigationManager>().Uri);
    }

    private static AngleSharp.Dom.IElement Older(IRenderedComponent<HistoryTab> tab) => tab.FindAll("button").First(b => b.TextContent == "Older");
}
