using CsCheck;
using Xunit;
using Ziggie.Actors.Domain.Definitions;

namespace Ziggie.Actors.Tests.Definitions;

public class GraphTests
{
    [Fact]
    public void Services_start_in_levels_and_stop_in_reverse()
    {
        var graph = Graph("web: api cache", "api: db", "cache:", "db:", "other:");

        Assert.Equal(["cache db other", "api", "web"], Text(graph.StartOrder()));
        Assert.Equal(["web", "api", "cache db other"], Text(graph.StopOrder()));
        Assert.Empty(graph.FindProblems());
    }

    [Fact]
    public void Some_of_them_keep_their_order_through_the_others()
    {
        var graph = Graph("c: b", "b: a", "a:");

        Assert.Equal(["a", "c"], Text(graph.StartOrder(["c", "a"])));
        Assert.Equal(["c", "a"], Text(graph.StopOrder(["a", "c"])));
        Assert.Equal(["a", "b"], graph.WithDependencies(["b"]));
        Assert.Equal(["b", "c"], graph.WithDependants(["b"]));
    }

    [Fact]
    public void A_cycle_is_told_once_with_its_path()
    {
        var error = Assert.Single(Graph("c: a", "a: b", "b: c", "d: a").FindProblems());

        Assert.Equal(("a", "depends_on"), (error.Service, error.Field));
        Assert.Equal("The services wait for each other in a circle: a -> b -> c -> a. Take one of these dependencies out.", error.Message);
    }

    [Fact]
    public void A_service_that_waits_for_itself_is_a_cycle() =>
        Assert.Contains("a -> a", Assert.Single(Graph("a: a").FindProblems()).Message);

    [Fact]
    public void An_unknown_name_is_told_with_the_one_that_was_meant()
    {
        var errors = Graph("web: datbase zzz", "database:").FindProblems();

        Assert.Equal(["depends_on.datbase", "depends_on.zzz"], errors.Select(e => e.Field));
        Assert.Equal("There is no service 'datbase'. Did you mean 'database'?", errors[0].Message);
        Assert.Equal("There is no service 'zzz'.", errors[1].Message);
    }

    [Fact]
    public void The_order_is_total_whatever_is_wrong() => Assert.Equal(["x", "a b y"], Text(Graph("a: b", "b: a", "x: gone", "y: a").StartOrder()));

    [Fact]
    public void A_long_chain_is_no_trouble()
    {
        var graph = Graph([.. Enumerable.Range(0, 5_000).Select(i => $"s{i:D4}: " + (i == 4_999 ? "s0000" : $"s{i + 1:D4}"))]);

        Assert.EndsWith("s4999 -> s0000. Take one of these dependencies out.", Assert.Single(graph.FindProblems()).Message);
    }

    [Fact]
    public void Nothing_starts_before_what_it_waits_for_and_every_real_cycle_is_found() =>
        Gen.Select(Gen.Int[0, 7], Gen.Int[0, 7]).Array[0, 12].Sample(edges =>
        {
            var on = Enumerable.Range(0, 8).ToDictionary(n => $"s{n}", n => edges.Where(e => e.Item1 == n).Select(e => $"s{e.Item2}").ToHashSet());
            var graph = new DependencyGraph(on.Select(d => KeyValuePair.Create(d.Key, d.Value.AsEnumerable())));
            var order = graph.StartOrder();
            var level = order.SelectMany((names, at) => names.Select(n => (n, at))).ToDictionary(p => p.n, p => p.at);

            Assert.Equal(8, level.Count);
            var cyclic = on.Keys.Any(n => Reaches(on, n, n));
            Assert.Equal(cyclic, !graph.FindProblems().IsEmpty);
            if (!cyclic) Assert.All(on, d => Assert.All(d.Value, o => Assert.True(level[o] < level[d.Key])));
        });

    private static bool Reaches(Dictionary<string, HashSet<string>> on, string from, string to)
    {
        var seen = new HashSet<string>();
        var open = new Queue<string>(on[from]);
        while (open.TryDequeue(out var name))
        {
            if (name == to) return true;
            if (seen.Add(name)) on[name].ToList().ForEach(open.Enqueue);
        }

        return false;
    }

    private static DependencyGraph Graph(params string[] services) => new(services.Select(s => s.Split(':')).Select(p =>
        KeyValuePair.Create(p[0], p[1].Split(' ', StringSplitOptions.RemoveEmptyEntries).AsEnumerable())));

    private static IEnumerable<string> Text(IEnumerable<System.Collections.Immutable.ImmutableArray<string>> levels) => levels.Select(l => string.Join(' ', l));
}
