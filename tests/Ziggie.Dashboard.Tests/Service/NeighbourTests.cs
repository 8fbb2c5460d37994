using Bunit;
using Microsoft.AspNetCore.Components;
using Xunit;
using Ziggie.Actors;
using Ziggie.Actors.Resources;
using Ziggie.Dashboard.Model.Service;
using Ziggie.Dashboard.Parts.Service;
using Ziggie.Persistence.History;

namespace Ziggie.Dashboard.Tests.Service;

/// <summary>From the page of one service to that of another.</summary>
public sealed class NeighbourTests : IAsyncLifetime
{
    private static readonly ServiceView Api = Views.Running(Views.Define("api", "command: x")), Db = Views.Running(Views.Define("db", "command: x"), id: 9);

    private readonly ServicePages _pages = new();
    private readonly Dictionary<string, TaskCompletionSource<HistoryPage>> _asked = [];

    public NeighbourTests() => _pages.History.Answer = query => (_asked[query.Service!] = new()).Task;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _pages.DisposeAsync();

    [Fact]
    public async Task The_ends_of_one_service_are_not_shown_as_those_of_another()
    {
        var panel = _pages.Show<EndsPanel>(Api);
        await AnswerAsync(panel, "api", Ended("api", 1));
        Assert.Contains("run 1", panel.Markup);

        panel.Render(p => p.Add(e => e.Service, Db));
        Assert.DoesNotContain("run 1", panel.Markup);
        panel.Render(p => p.Add(e => e.Service, Api));
        await AnswerAsync(panel, "api", Ended("api", 2));
        await AnswerAsync(panel, "db", Ended("db", 3));
        Assert.Contains("run 2", panel.Markup);
        Assert.DoesNotContain("run 3", panel.Markup);
    }

    [Fact]
    public async Task The_starts_of_one_service_do_not_mark_the_chart_of_another()
    {
        var now = DateTimeOffset.UtcNow;
        _pages.Resources.Points = [new UsagePoint(now.AddMinutes(-2), 10, 1_000_000), new UsagePoint(now, 20, 2_000_000)];
        var charts = _pages.Show<ChartsTab>(Api, ("Range", PlotRange.All[0]));
        await AnswerAsync(charts, "api", Started("api", now.AddMinutes(-1)));
        charts.Render(p => p.Add(c => c.Service, Api));
        Assert.NotEmpty(charts.FindAll(".sv-flag"));

        charts.Render(p => p.Add(c => c.Service, Db));
        Assert.Empty(charts.FindAll(".sv-flag"));
        charts.Render(p => p.Add(c => c.Service, Api));
        await AnswerAsync(charts, "api");
        await AnswerAsync(charts, "db", Started("db", now.AddMinutes(-1)));
        Assert.Empty(charts.FindAll(".sv-flag"));
    }

    private Task AnswerAsync<T>(IRenderedComponent<T> shown, string service, params HistoryEntry[] entries) where T : IComponent =>
        shown.InvokeAsync(() => _asked[service].SetResult(new HistoryPage(entries, null)));

    private static HistoryEntry Ended(string service, long run) =>
        new() { Id = $"e{run}", At = Views.Now, Service = service, Kind = "exited", Message = "Exited with code 1.", Run = run, Code = 1 };

    private static HistoryEntry Started(string service, DateTimeOffset at) => new() { Id = "e1", At = at, Service = service, Kind = "started", Message = "Started.", Run = 1 };
}
