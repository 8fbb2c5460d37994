using Xunit;
using Ziggie.Actors;
using Ziggie.Actors.Domain;
using Ziggie.Dashboard.Access;
using Ziggie.Dashboard.Model.Service;
using Ziggie.Persistence.History;

namespace Ziggie.Dashboard.Tests.Service;

public sealed class ModelTests
{
    [Theory]
    [InlineData(null, ServiceTab.Overview)]
    [InlineData("charts", ServiceTab.Charts)]
    [InlineData("Definition", ServiceTab.Definition)]
    [InlineData("nonsense", null)]
    [InlineData("1", null)]
    public void A_tab_is_named_in_the_address(string? word, ServiceTab? tab) => Assert.Equal(tab, ServiceAddress.Parse(word));

    [Fact]
    public void Names_that_are_near_are_offered() =>
        Assert.Equal(["shop", "shop-api"], NearNames.Of("shpo", ["db", "shop", "web"]).Concat(NearNames.Of("shop-", ["shop-api"])));

    [Fact]
    public void The_ends_of_runs_say_how_long_they_lasted()
    {
        var at = Views.Now;
        HistoryEntry[] entries =
        [
            Entry(6, "start_failed", at.AddSeconds(30), 3) with { Message = "Program missing." }, Entry(5, "exited", at.AddSeconds(20), 2) with { Signal = "SIGKILL" },
            Entry(4, "started", at.AddSeconds(15), 2), Entry(3, "exited", at.AddSeconds(7), 1) with { Code = 0 }, Entry(2, "started", at, 1),
        ];
        Assert.Equal(
            [("Program missing.", (TimeSpan?)null, true), ("SIGKILL", TimeSpan.FromSeconds(5), true), ("exit 0", TimeSpan.FromSeconds(7), false)],
            RunEnds.Of(entries, 5).Select(end => (end.How, end.Lasted, end.IsBad)));
    }

    [Theory]
    [InlineData("wanted", false)]
    [InlineData("daemon", false)]
    [InlineData("not_ready", true)]
    public void An_end_that_was_asked_for_is_no_failure(string cause, bool isBad)
    {
        HistoryEntry[] entries =
        [
            Entry(3, "exited", Views.Now, 1) with { Signal = "SIGTERM" },
            Entry(2, "stopping", Views.Now, 1) with { Details = new System.Text.Json.Nodes.JsonObject { ["cause"] = cause } },
        ];
        Assert.Equal(isBad, Assert.Single(RunEnds.Of(entries, 5)).IsBad);
    }

    [Fact]
    public void What_is_new_comes_in_front_of_the_timeline_once()
    {
        var timeline = new Timeline();
        timeline.Show(Page([3, 2], more: true));
        Assert.False(timeline.Prepend(Page([3, 2], more: true)));
        Assert.True(timeline.Prepend(Page([5, 4, 3], more: true)));
        timeline.Append(Page([2, 1], more: false));
        Assert.Equal(["e5", "e4", "e3", "e2", "e1"], timeline.Entries.Select(e => e.Id));
        Assert.Null(timeline.Next);
    }

    [Fact]
    public void More_new_entries_than_a_page_holds_leave_no_gap()
    {
        var timeline = new Timeline();
        timeline.Show(Page([2, 1], more: false));
        timeline.Prepend(Page([9, 8], more: true));
        Assert.Equal(["e9", "e8"], timeline.Entries.Select(e => e.Id));
        Assert.NotNull(timeline.Next);
    }

    [Fact]
    public void A_timeline_that_stays_open_does_not_grow_without_end()
    {
        var timeline = new Timeline();
        timeline.Show(Page([2, 1], more: true));
        for (var n = 3; n < 1_000; n++)
        {
            timeline.Prepend(Page([n, n - 1], more: true));
            Assert.InRange(timeline.Entries.Count, 2, Timeline.Most);
        }
        timeline.Append(Page([.. Enumerable.Range(1, 900).Reverse()], more: false));
        timeline.Prepend(Page([1_000, 999], more: true));
        Assert.InRange(timeline.Entries.Count, 901, 1_000);
    }

    [Fact]
    public void Every_kind_of_the_filter_is_one_that_the_history_knows() =>
        Assert.All(TimelineKinds.Groups.SelectMany(g => g.Kinds), kind => Assert.Contains(kind, HistoryKinds.All));

    [Fact]
    public void A_chart_has_gaps_where_nothing_ran_and_its_limit_in_sight()
    {
        var now = Views.Now;
        PlotPoint[] points =
        [
            new(now.AddSeconds(-60), 10), new(now.AddSeconds(-58), 20), new(now.AddSeconds(-56), null), new(now.AddSeconds(-30), 30), new(now.AddSeconds(-28), 40), new(now.AddMinutes(-9), 999),
        ];
        var plot = new UsagePlot(points, now, PlotRange.All[0], least: 5, limit: 90);
        Assert.Equal(2, plot.Line.Count(c => c == 'M'));
        Assert.Equal(2, plot.Area.Count(c => c == 'Z'));
        Assert.True(plot.IsLimitShown);
        Assert.Equal(100, plot.Top);
        Assert.Equal((0, 1000), (plot.Marks.Last().Y, plot.Marks.First().Y));
        Assert.Equal(["−5 min", "−4 min", "−3 min", "−2 min", "−1 min", "now"], plot.Times.Select(t => t.Text));
        Assert.False(new UsagePlot(points, now, PlotRange.All[0], least: 5, limit: 9000).IsLimitShown);
    }

    [Theory]
    [InlineData(5, 6)]
    [InlineData(0.9, 1)]
    [InlineData(101, 200)]
    [InlineData(0, 1)]
    public void An_axis_ends_at_a_round_number(double value, double top) => Assert.Equal(top, UsagePlot.NiceTop(value), 6);

    [Fact]
    public void The_graph_says_which_conditions_hold()
    {
        var api = Views.Running(Views.Define("api", "command: x\ndepends_on: { db: healthy, migrate: completed, gone: started }"), 1);
        var db = Views.Running(Views.Define("db", "command: x\nport: 1"), 2);
        var migrate = Views.Stopped(Views.Define("migrate", "command: x"), 3) with { Phase = Phase.Stopped };
        var web = Views.Stopped(Views.Define("web", "command: x\ndepends_on: api"), 4);
        var graph = SmallGraph.Of(api, Views.All(api, db, migrate, web));
        Assert.Equal(
            [("db", "api", true), ("gone", "api", false), ("migrate", "api", false), ("api", "web", true)],
            graph.Edges.Select(e => (e.From.Name, e.To.Name, e.IsMet)));
        Assert.Single(SmallGraph.Of(db with { Definition = Views.Define("x", "command: x") }, Views.All(db)).Nodes);
    }

    [Fact]
    public void Rules_are_said_in_sentences()
    {
        var definition = Views.Define("api", Views.Everything);
        Assert.Equal("Ready once http://127.0.0.1:5000/ready answers 200-204 with 'ok'; fails after 30s.", RuleWords.Ready(definition));
        Assert.StartsWith("Every 5s: healthy when 'curl -f x | grep y' ends with 0. After 4 failures in a row it is shown", RuleWords.Health(definition));
        Assert.Equal(5, RuleWords.Limits(definition.Limits, byCgroup: true).Count);
        Assert.Contains(RuleWords.Limits(definition.Limits, byCgroup: false), l => l.How == "watched by sampling");
        Assert.Equal("Defined in ziggie.yaml", RuleWords.Origin("file:/srv/ziggie.yaml"));
    }

    [Fact]
    public void A_removal_names_what_follows_from_it()
    {
        var db = Views.Running(Views.Define("db", "command: x"), 2) with { Origin = "file:/srv/ziggie.yaml" };
        var api = Views.Stopped(Views.Define("api", "command: x\ndepends_on: db"), 1);
        var said = Removal.Consequences(db, Views.All(api, db));
        Assert.Contains("PID 4242", said);
        Assert.Contains("api depends on it", said);
        Assert.Contains("ziggie.yaml defines it", said);
        Assert.True(Removal.NeedsForce(db));
        Assert.False(Removal.NeedsForce(api));
    }

    [Fact]
    public void Variables_say_where_they_come_from_and_hide_secrets()
    {
        var daemon = new FakeEnvironment(new() { ["HOME"] = "/root", ["API_TOKEN"] = "hunter2", ["ZIGGIE_ADMIN_PASSWORD"] = "hunter2" }, new() { ["/srv/.env"] = "FROM_FILE=1\nDB_PASSWORD=hunter2\nURL=http://u:hunter2@h/\n" });
        var view = Views.Running(Views.Define("api", "command: x\ncwd: /srv\nenv_file: .env\nenv: { A: \"${FROM_FILE}\", B: \"${MISSING}\", FROM_FILE: \"2\" }"));
        var list = EnvironmentList.Of(view, daemon);
        var byName = list.Variables.ToDictionary(v => v.Name);
        Assert.Equal(("1", VariableSource.Definition), (byName["A"].Value, byName["A"].Source));
        Assert.Contains("MISSING is not set", byName["B"].Error);
        Assert.Equal(("2", VariableSource.Definition), (byName["FROM_FILE"].Value, byName["FROM_FILE"].Source));
        Assert.Equal(("/srv/.env", true), (byName["DB_PASSWORD"].File, byName["DB_PASSWORD"].IsMasked));
        Assert.Equal(VariableSource.Daemon, byName["HOME"].Source);
        Assert.False(byName.ContainsKey("ZIGGIE_ADMIN_PASSWORD"));
        Assert.DoesNotContain(list.Variables, v => v.Value?.Contains("hunter2") == true);
        Assert.Single(list.Errors);
    }

    [Fact]
    public void A_file_that_cannot_be_read_leaves_the_rest_to_see()
    {
        var view = Views.Running(Views.Define("api", "command: \"${NOPE}\"\nenv_file: [/a.env, /gone.env]\nenv: { A: 1 }"));
        var list = EnvironmentList.Of(view, new FakeEnvironment([], new() { ["/a.env"] = "IN_FILE=1" }));
        Assert.Equal(["A", "IN_FILE", "ZIGGIE_RUN_ID", "ZIGGIE_SERVICE"], list.Variables.Select(v => v.Name));
        Assert.Equal(["command", "env_file[1]"], list.Errors.Select(e => e.Field).Order());
    }

    private static HistoryEntry Entry(int id, string kind, DateTimeOffset at, long run) => new() { Id = $"e{id}", Kind = kind, At = at, Message = kind, Run = run };

    private static HistoryPage Page(int[] ids, bool more) =>
        new([.. ids.Select(id => Entry(id, "started", Views.Now, id))], more ? new HistoryCursor(1, false, 1) : null);

    private sealed class FakeEnvironment(Dictionary<string, string> variables, Dictionary<string, string> files) : IDaemonEnvironment
    {
        public IReadOnlyDictionary<string, string> Variables() => variables;

        public string ReadFile(string path) => files.TryGetValue(path, out var text) ? text : throw new FileNotFoundException($"There is no {path}.");
    }
}
