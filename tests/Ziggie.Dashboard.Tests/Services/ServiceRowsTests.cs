using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor.Services;
using Xunit;
using Ziggie.Actors;
using Ziggie.Actors.Domain;
using Ziggie.Actors.Live;
using Ziggie.Actors.Resources;
using Ziggie.Dashboard.Access;
using Ziggie.Dashboard.Components.Layout;
using Ziggie.Dashboard.Live;
using Ziggie.Dashboard.Model.Services;
using Ziggie.Dashboard.Parts;
using Ziggie.Processes.Resources;

namespace Ziggie.Dashboard.Tests.Services;

/// <summary>Lists of services: which rows are drawn, what is in them, and where they lead.</summary>
public sealed class ServiceRowsTests : BunitContext
{
    private readonly ServiceFeed _feed = new();
    private readonly CountedResources _resources = new();

    public ServiceRowsTests()
    {
        Services.AddMudServices();
        Services.AddSingleton(TimeProvider.System);
        Services.AddSingleton<IServiceControl>(new GivenCommands()).AddSingleton<IServiceFeed>(_feed).AddSingleton<IResourceFeed>(_resources);
        Services.AddSingleton<ISessionCheck>(new AlwaysCurrent()).AddSingleton<LivePulse>();
        Services.AddScoped<ServiceCommander>();
        AddAuthorization();
        JSInterop.Mode = JSRuntimeMode.Loose;
    }

    [Fact]
    public void A_row_of_the_table_has_everything_that_a_card_has()
    {
        var view = Views.Running("web", 4711) with { Definition = Views.Of("web", "description: Pages for customers\ngroups: [shop, front]\nport: 8080").Definition };
        var row = Table(new ServiceFilter(), new ServiceRow(view, new RunUsage(12, 3_000_000, 1, 1))).Find("tbody tr:not(.z-space)");
        Assert.Equal("Pages for customers", row.QuerySelector(".z-second")!.TextContent);
        Assert.Equal(["shop", "front"], row.QuerySelectorAll(".z-chip").Select(chip => chip.TextContent));
        Assert.All(["Running", "Not checked", "12 %", "3.0 MB", "8080", "4711"], text => Assert.Contains(text, row.TextContent));
        Assert.All(row.QuerySelectorAll(".z-spark path"), line => Assert.NotEmpty(line.GetAttribute("d")!));
        Assert.Equal(2, row.QuerySelectorAll(".z-spark").Length);
    }

    [Fact]
    public void A_row_says_why_a_service_failed()
    {
        var failed = Views.Of("web") with
        {
            Status = ServiceStatus.Failed,
            Phase = Phase.Failed,
            Reason = "Exited with code 7 after 3ms.",
            LastExit = new LastExit(7, null, DateTimeOffset.UnixEpoch),
        };
        var cell = Table(new ServiceFilter(), new ServiceRow(failed, null)).Find("tbody .z-status");
        Assert.Equal("Exited with code 7 after 3ms.", cell.QuerySelector(".z-second")!.TextContent);
        Assert.DoesNotContain("exit 7", cell.TextContent);
        Assert.Null(Table(new ServiceFilter(), new ServiceRow(Views.Running("db"), null)).Find("tbody .z-status").QuerySelector(".z-second"));
    }

    [Fact]
    public void A_link_to_a_group_keeps_what_else_is_shown_and_how()
    {
        var filter = new ServiceFilter { Search = "w", Sort = ServiceSort.Memory, IsDescending = true, Layout = ServiceLayout.Table, Group = "old" };
        var row = new ServiceRow(Views.Of("web", "groups: [back]"), null);
        const string Address = "/?search=w&group=back&sort=memory&order=desc&view=table";
        Assert.Equal(Address, Table(filter, row).Find(".z-chip").GetAttribute("href"));
        Assert.Equal(Address, Render<ServiceCard>(p => p.Add(c => c.Row, row).Add(c => c.Filter, filter)).Find(".z-chip").GetAttribute("href"));
    }

    [Fact]
    public void Of_many_groups_the_first_are_shown_and_the_others_counted()
    {
        var row = new ServiceRow(Views.Of("web", $"groups: [{string.Join(", ", Enumerable.Range(1, 60).Select(n => $"g{n:00}"))}]"), null);
        var card = Render<ServiceCard>(p => p.Add(c => c.Row, row));
        Assert.Equal(["g01", "g02", "g03", "+57"], card.FindAll(".z-chip").Select(chip => chip.TextContent));
        Assert.StartsWith("g04, g05, ", card.Find("span.z-chip").GetAttribute("title"));
        Assert.EndsWith(", g60", card.Find("span.z-chip").GetAttribute("title"));
        Assert.Equal(["g01", "+59"], Table(new ServiceFilter(), row).FindAll(".z-chip").Select(chip => chip.TextContent));
        var wide = new ServiceRow(Views.Of("web", "groups: [a-group-with-a-long-name]"), null);
        Assert.Equal(["a-group-with-a-long-name"], Table(new ServiceFilter(), wide).FindAll(".z-chip").Select(chip => chip.TextContent));
    }

    [Fact]
    public void The_numbers_at_the_top_lead_to_what_they_count_in_the_same_view_and_order()
    {
        _feed.Publish(Views.Of("broken") with { Status = ServiceStatus.Failed });
        var navigation = Services.GetRequiredService<NavigationManager>();
        navigation.NavigateTo("/?view=table&sort=cpu&order=desc&status=running&search=shop&group=back");
        var summary = Render<FleetSummary>();
        Assert.Equal("/?status=failed&sort=cpu&order=desc&view=table", summary.Find("a.z-failed").GetAttribute("href"));

        navigation.NavigateTo("/?sort=memory");
        summary.WaitForAssertion(() => Assert.Equal("/?status=failed&sort=memory", summary.Find("a.z-failed").GetAttribute("href")));
        // From another page one comes back to what was shown.
        navigation.NavigateTo("/graph");
        Assert.Equal("/?status=failed&sort=memory", summary.Find("a.z-failed").GetAttribute("href"));
    }

    [Fact]
    public void What_runs_and_is_not_well_is_counted_and_shaped_apart()
    {
        _feed.Publish(Views.Running("well"));
        var unwell = Views.Running("unwell") with { Health = Health.Unhealthy };
        _feed.Publish(unwell);
        var link = Render<FleetSummary>().Find("a.z-unhealthy");
        Assert.Equal("1 unhealthy", link.GetAttribute("aria-label"));
        Assert.Equal("/?health=unhealthy", link.GetAttribute("href"));
        Assert.Single(Render<PhaseText>(p => p.Add(t => t.Service, unwell)).FindAll("svg.z-unhealthy .z-cut"));
        _feed.Publish(unwell with { Health = Health.Healthy });
        Assert.Empty(Render<FleetSummary>().FindAll("a.z-unhealthy"));
    }

    [Fact]
    public async Task The_first_rows_are_drawn_before_a_browser_has_said_anything_and_then_those_in_sight()
    {
        var window = Render<RowWindow<int>>(p => p
            .Add(w => w.Items, [.. Enumerable.Range(0, 1000)]).Add(w => w.RowHeight, 50).Add(w => w.Gap, 10).Add(w => w.First, 12).Add(w => w.Columns, 3)
            .Add(w => w.ChildContent, n => $"<p>{n}</p>"));
        Assert.Equal(Enumerable.Range(0, 12), Drawn());
        Assert.True(window.Find(".z-space").HasAttribute("hidden"));
        Assert.Equal($"height:{(330 * 50) - 10}px", window.FindAll(".z-space")[1].GetAttribute("style"));

        await window.InvokeAsync(() => window.Instance.Show(100, 4, 2));
        Assert.Equal(Enumerable.Range(200, 8), Drawn());
        Assert.Equal($"height:{(100 * 50) - 10}px", window.Find(".z-space").GetAttribute("style"));

        // A search has left fewer: those at the end are in sight.
        window.Render(p => p.Add(w => w.Items, [1, 2, 3, 4, 5, 6, 7, 8, 9]));
        Assert.Equal(Enumerable.Range(3, 7), Drawn());
        window.Render(p => p.Add(w => w.Items, []));
        Assert.Empty(Drawn());
        await window.InvokeAsync(() => window.Instance.Show(-1, 1_000_000, 0));
        Assert.Empty(Drawn());

        IEnumerable<int> Drawn() => window.FindAll("p").Select(p => int.Parse(p.TextContent, System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public void A_row_in_which_nothing_changed_is_not_drawn_again()
    {
        var (web, db) = (Views.Running("web"), Views.Running("db"));
        var table = Table(new ServiceFilter(), new ServiceRow(web, null), new ServiceRow(db, null));
        var rows = table.FindComponents<ServiceTableRow>();
        var before = rows.Select(row => row.RenderCount).ToList();
        table.Render(p => p.Add(t => t.Rows, [new ServiceRow(web, null), new ServiceRow(db with { Restarts = 7 }, null)]));
        Assert.Equal(before[0], rows[0].RenderCount);
        Assert.True(before[1] < rows[1].RenderCount);
        Assert.Contains("7", rows[1].Markup);
    }

    [Fact]
    public void What_was_used_lately_is_read_once_until_a_line_moves_on()
    {
        var time = new SetClock();
        var (recent, row) = (new RecentUsage(_resources, time), new ServiceRow(Views.Running("web"), null));
        var lines = recent.Of(row);
        Assert.Equal([1, 2], lines.Cpu);
        Assert.Same(lines, recent.Of(row));
        time.Now += TimeSpan.FromSeconds(8);
        Assert.NotSame(lines, recent.Of(row));
        Assert.Equal(2, _resources.Read);
        Assert.Same(UsageLines.None, recent.Of(new ServiceRow(Views.Of("stopped"), null)));
    }

    private IRenderedComponent<ServiceTable> Table(ServiceFilter filter, params ServiceRow[] rows) => Render<ServiceTable>(p => p
        .Add(t => t.Rows, [.. rows]).Add(t => t.Filter, filter).Add(t => t.Selection, new Selection()).AddCascadingValue(new Visitor("ann", Visitor.Admin)));

    private sealed class CountedResources : IResourceFeed
    {
        public int Read { get; private set; }

        public ResourcePicture Current => ResourcePicture.Empty;

        public TimeSpan? Interval => null;

        public event Action? Sampled { add { } remove { } }

        public IReadOnlyList<UsagePoint> History(string name, DateTimeOffset since, int points)
        {
            Read++;
            return [new UsagePoint(since, 1, 1_000_000), new UsagePoint(since, 2, 2_000_000)];
        }
    }

    private sealed class SetClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = DateTimeOffset.UnixEpoch.AddYears(50);

        public override DateTimeOffset GetUtcNow() => Now;
    }

    private sealed class AlwaysCurrent : ISessionCheck
    {
        public event Action? Changed { add { } remove { } }

        public ValueTask<bool> IsCurrentAsync(System.Security.Claims.ClaimsPrincipal user) => ValueTask.FromResult(true);
    }
}
