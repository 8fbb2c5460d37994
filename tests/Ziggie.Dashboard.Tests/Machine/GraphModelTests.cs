using Xunit;
using Ziggie.Actors.Domain;
using Ziggie.Actors.Domain.Definitions;
using Ziggie.Dashboard.Model.Graph;

namespace Ziggie.Dashboard.Tests.Machine;

public sealed class GraphModelTests
{
    [Fact]
    public void What_is_waited_for_stands_left_of_what_waits()
    {
        (string, string)[] links = [("db", "api"), ("db", "migrate"), ("migrate", "api"), ("api", "web"), ("db", "web")];
        var drawing = GraphLayout.Draw(["api", "db", "migrate", "web"], links);
        var x = drawing.Places.ToDictionary(p => p.Name, p => p.X);
        Assert.All(links, link => Assert.True(x[link.Item1] < x[link.Item2], $"{link}"));
        Assert.Equal(["db", "migrate", "api", "web"], drawing.Places.Select(p => p.Name));
        Assert.Equal(links.Length, drawing.Lines.Length);
    }

    [Fact]
    public void Nothing_lies_on_anything_else()
    {
        var random = new Random(7);
        var names = Enumerable.Range(0, 300).Select(i => $"s{i:000}").ToList();
        var links = names.Skip(20).SelectMany((name, i) => Enumerable.Range(0, 2).Select(_ => (On: names[random.Next(i + 20)], By: name))).Distinct().ToList();
        var drawing = GraphLayout.Draw(names, links);
        var at = drawing.Places;
        Assert.Equal(300, at.Length);
        for (var i = 0; i < at.Length; i++)
        {
            for (var j = i + 1; j < at.Length; j++)
            {
                Assert.False(
                    Math.Abs(at[i].X - at[j].X) < GraphDrawing.NodeWidth && Math.Abs(at[i].Y - at[j].Y) < GraphDrawing.NodeHeight - 0.2,
                    $"{at[i]} lies on {at[j]}");
            }
        }
        Assert.All(at, p => Assert.True(p.X >= 0 && p.Y >= 0 && p.X + GraphDrawing.NodeWidth <= drawing.Width + 0.2 && p.Y + GraphDrawing.NodeHeight <= drawing.Height + 0.2));
    }

    [Fact]
    public void Lines_that_need_not_cross_do_not()
    {
        // By name alone, a would stand above b on both sides, and both lines would cross.
        var drawing = GraphLayout.Draw(["a1", "b1", "x", "y", "z"], [("x", "b1"), ("y", "a1"), ("x", "z"), ("y", "z"), ("z", "b1"), ("z", "a1")]);
        var y = drawing.Places.ToDictionary(p => p.Name, p => p.Y);
        Assert.Equal(y["x"] < y["y"], y["b1"] < y["a1"]);
    }

    [Fact]
    public void No_word_lies_on_another_where_lines_cross()
    {
        // Each of three waits for each of three: all the lines cross in the middle.
        var links = new[] { "a", "b", "c" }.SelectMany(on => new[] { "x", "y", "z" }.Select(by => (on, by))).ToList();
        var lines = GraphLayout.Draw(["a", "b", "c", "x", "y", "z"], links).Lines;
        Assert.Equal(9, lines.Length);
        foreach (var (line, other) in lines.SelectMany((line, i) => lines.Skip(i + 1).Select(other => (line, other))))
            Assert.False(Math.Abs(line.LabelX - other.LabelX) < 50 && Math.Abs(line.LabelY - other.LabelY) < 12, $"{line} lies on {other}");
    }

    [Fact]
    public void A_circle_is_drawn_all_the_same()
    {
        var drawing = GraphLayout.Draw(["a", "b", "c"], [("a", "b"), ("b", "c"), ("c", "a"), ("a", "a")]);
        Assert.Equal((3, 4), (drawing.Places.Length, drawing.Lines.Length));
    }

    [Fact]
    public void Parts_that_do_not_belong_together_stand_apart()
    {
        var drawing = GraphLayout.Draw(["a", "b", "c", "d"], [("a", "b"), ("c", "d")], pageWidth: 10_000);
        var x = drawing.Places.ToDictionary(p => p.Name, p => p.X);
        Assert.True(x["c"] > x["b"] + GraphDrawing.NodeWidth);
        Assert.Empty(GraphLayout.Draw([], []).Places);
    }

    [Fact]
    public void A_thousand_in_a_row_are_laid_out()
    {
        var names = Enumerable.Range(0, 1000).Select(i => $"s{i:0000}").ToList();
        var drawing = GraphLayout.Draw(names, [.. names.Zip(names.Skip(1)), (names[0], names[999])]);
        Assert.Equal(1000, drawing.Places.Select(p => p.X).Distinct().Count());
    }

    [Fact]
    public void Services_without_dependencies_are_apart_and_those_that_wait_are_told()
    {
        var graph = ServiceGraph.Of(Picture.Of(
            Picture.Service("db", v => v with { Pid = 7, Ready = true, Phase = Phase.Running, Status = ServiceStatus.Running }),
            Picture.Service("api", v => v with { Phase = Phase.Waiting }, ("db", DependencyCondition.Healthy), ("gone", DependencyCondition.Ready)),
            Picture.Service("alone")), new GraphFilter());
        Assert.Equal(["api", "db"], graph.Linked.Select(s => s.Name));
        Assert.Equal([new DependencyLink("db", "api", DependencyCondition.Healthy, IsMet: false)], graph.Links.ToArray());
        Assert.Equal(["alone"], graph.Apart.Select(s => s.Name));
        Assert.Equal(["api"], graph.Waiting.Select(s => s.Name));
    }

    [Theory]
    [InlineData(DependencyCondition.Started, true)]
    [InlineData(DependencyCondition.Ready, true)]
    [InlineData(DependencyCondition.Healthy, false)]
    [InlineData(DependencyCondition.Completed, false)]
    public void A_condition_holds_as_the_supervisor_sees_it(DependencyCondition condition, bool expected) =>
        Assert.Equal(expected, ServiceGraph.IsMet(Picture.Service("db", v => v with { Pid = 7, Ready = true, Phase = Phase.Running }), condition));

    [Fact]
    public void A_group_brings_what_it_depends_on()
    {
        var snapshot = Picture.Of(
            Picture.Service("db"), Picture.Service("other"), Picture.Service("more", null, ("other", DependencyCondition.Ready)),
            Picture.In("web", "api", ("db", DependencyCondition.Ready)), Picture.In("web", "page"));
        var graph = ServiceGraph.Of(snapshot, GraphFilter.Parse("?group=WEB"));
        Assert.Equal(["api", "db"], graph.Linked.Select(s => s.Name));
        Assert.Equal(["page"], graph.Apart.Select(s => s.Name));
        Assert.Equal([("web", 2)], ServiceGraph.GroupsOf(snapshot).ToArray());
        Assert.Equal("/graph?group=web&view=table", GraphFilter.Parse("?group=web&view=table").Address());
    }
}
