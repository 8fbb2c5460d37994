using System.Collections.Immutable;
using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.JSInterop;
using Xunit;
using Ziggie.Actors;
using Ziggie.Api.Tests.Support;
using Ziggie.Dashboard.Model.Graph;
using Ziggie.Dashboard.Parts;
using Ziggie.Dashboard.Parts.Configuration;
using Ziggie.Dashboard.Parts.Graph;
using Ziggie.Dashboard.Parts.Logs;
using Ziggie.Dashboard.Tests.Logs;
using Ziggie.Dashboard.Tests.Service;
using Ziggie.Processes.Output;

namespace Ziggie.Dashboard.Tests.Machine;

/// <summary>Whoever leaves a page before the browser has answered it.</summary>
public sealed class LeavingTests : IAsyncLifetime
{
    private readonly SlowScripts _scripts = new();
    private readonly ServicePages _pages = new();

    public LeavingTests() => _pages.Services.AddSingleton<IJSRuntime>(_scripts).AddSingleton<IOutputStore>(new MemoryLogs());

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _pages.DisposeAsync();

    [Theory]
    [InlineData(typeof(GraphPicture))]
    [InlineData(typeof(YamlEditor))]
    [InlineData(typeof(LogView))]
    public async Task A_script_that_comes_after_its_part_of_the_page_has_gone_is_let_go_of_and_asked_for_nothing(Type part)
    {
        Show(part);
        await CalledAsync("import");
        await _pages.DisposeComponentsAsync();
        _scripts.Answer();
        await FreedAsync("import");
        Assert.Equal(["import"], _scripts.Called);
    }

    [Theory]
    [InlineData(typeof(GraphPicture), "graph", "stop")]
    [InlineData(typeof(YamlEditor), "editor", null)]
    [InlineData(typeof(LogView), "create", "dispose")]
    public async Task What_a_script_has_made_for_a_part_of_the_page_that_has_gone_is_ended(Type part, string made, string? end)
    {
        Show(part);
        await CalledAsync("import");
        _scripts.Answer();
        await CalledAsync("import", made);
        await _pages.DisposeComponentsAsync();
        _scripts.Answer();
        await FreedAsync("import", made);
        string[] called = ["import", made];
        Assert.Equal(end is null ? called : [.. called, end], _scripts.Called);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Rows_are_watched_no_longer_than_they_are_shown(bool leavesAtOnce)
    {
        _pages.Render<RowWindow<int>>(p => p.Add(w => w.Items, [1, 2]).Add(w => w.RowHeight, 50).Add(w => w.ChildContent, n => $"<p>{n}</p>"));
        if (!leavesAtOnce) _scripts.Answer();
        await _pages.DisposeComponentsAsync();
        if (leavesAtOnce) _scripts.Answer();
        await FreedAsync("ziggie.watchRows");
        Assert.Equal(["ziggie.watchRows", "stop"], _scripts.Called);
    }

    [Fact]
    public async Task Lines_of_one_log_are_ended_when_another_is_shown_before_they_came()
    {
        var view = _pages.Render<LogView>(p => p.Add(v => v.Services, ["one"]));
        await CalledAsync("import");
        _scripts.Answer();
        await CalledAsync("import", "create");
        view.Render(p => p.Add(v => v.Services, ["other"]));
        await CalledAsync("import", "create", "create");
        _scripts.Answer();
        await FreedAsync("create");
        Assert.Equal(["import", "create", "create", "dispose"], _scripts.Called);
    }

    private void Show(Type part) => _pages.Render(builder =>
    {
        builder.OpenComponent(0, part);
        if (part == typeof(GraphPicture)) builder.AddComponentParameter(1, nameof(GraphPicture.Views), ImmutableSortedDictionary<string, ServiceView>.Empty);
        if (part == typeof(GraphPicture)) builder.AddComponentParameter(1, nameof(GraphPicture.Drawing), GraphDrawing.Empty);
        if (part == typeof(LogView)) builder.AddComponentParameter(1, nameof(LogView.Services), new[] { "one" });
        builder.CloseComponent();
    });

    private Task CalledAsync(params string[] all) => Wait.UntilAsync(() => _scripts.Called.SequenceEqual(all), $"{string.Join(", ", all)} was called");

    private Task FreedAsync(params string[] all) => Wait.UntilAsync(() => _scripts.Freed.Order().SequenceEqual(all.Order()), $"{string.Join(", ", all)} was let go of");
}
