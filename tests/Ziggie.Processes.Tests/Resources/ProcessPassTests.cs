using Xunit;
using Ziggie.Processes.Linux;
using Ziggie.Processes.Resources;

namespace Ziggie.Processes.Tests.Resources;

public sealed class ProcessPassTests
{
    private const int Daemon = 100;

    private static ProcStat Process(int pid, int parent, int session, long start = 1000, long own = 0, long children = 0) =>
        new(pid, parent, session, session, start, 'S', false, 0) { OwnTicks = own, ChildTicks = children, Threads = 1 };

    private static RunRoot Root(string service, int pid, long start = 1000) => new(service, "run-" + service, new ProcessIdentity(pid, start, ""));

    private static ProcessPass Pass(IReadOnlyList<RunRoot> roots, Func<ProcStat, string?> lastRunId, params ProcStat[] table)
    {
        var pass = new ProcessPass { Daemon = Daemon, LastRunIdOf = lastRunId };
        pass.Table.AddRange(table);
        pass.Assign(roots);
        return pass;
    }

    /// <summary>Whose each process is, in the order of the table.</summary>
    private static string Services(ProcessPass pass) =>
        string.Join(' ', Enumerable.Range(0, pass.Count).Select(index => pass.RootOf(index)?.Service ?? "-"));

    [Fact]
    public void A_tree_is_the_main_process_its_descendants_and_its_session()
    {
        var pass = Pass(
            [Root("api", 200), Root("web", 300)], _ => null,
            Process(1, 0, 1), Process(Daemon, 1, Daemon), Process(200, Daemon, 200), Process(300, Daemon, 300),
            Process(205, 204, 205), // listed before its parent
            Process(204, 200, 204), Process(206, Daemon, 200), Process(301, 300, 300), Process(400, 1, 400));
        Assert.Equal("- - api web api api api web -", Services(pass));
    }

    [Fact]
    public void A_stranger_with_the_number_of_a_main_process_is_nobodys()
    {
        var pass = Pass([Root("api", 200, start: 900)], _ => null, Process(200, 1, 200, start: 1000), Process(201, 200, 200));
        Assert.Equal("- -", Services(pass));
    }

    [Fact]
    public void Strays_are_known_by_the_run_that_they_had_and_the_daemons_own_children_are_its_own()
    {
        var pass = Pass(
            [Root("daemon", Daemon), Root("api", 200)], stat => stat.Pid == 500 ? "run-api" : stat.Pid == 600 ? "run-of-nobody" : null,
            Process(Daemon, 1, Daemon), Process(200, Daemon, 200), Process(500, Daemon, 499), Process(501, 500, 501), Process(600, 1, 600),
            Process(700, Daemon, 700));
        Assert.Equal("daemon api api api - daemon", Services(pass));
    }

    [Fact]
    public void A_circle_of_parents_in_a_torn_picture_comes_to_an_end() =>
        Assert.Equal("- -", Services(Pass([], _ => null, Process(200, 201, 1), Process(201, 200, 1))));

    [Fact]
    public void Time_of_children_that_ended_counts_once()
    {
        RunRoot[] roots = [Root("api", 200)];
        var ticks = new TickCount();
        Assert.False(ticks.HasBefore);
        Take(ticks, 2000, roots, Process(200, Daemon, 200, own: 50), Process(201, 200, 200, own: 30), Process(202, 201, 200, own: 5));
        // 201 used 10 more and ended; its parent waited for it and for what 201 had waited for itself.
        Assert.Equal(17, Take(ticks, 2200, roots, Process(200, Daemon, 200, own: 52, children: 50)));
        // One came and went between two looks; another one came and is there.
        Assert.Equal(3 + 7 + 4, Take(ticks, 2400, roots, Process(200, Daemon, 200, own: 55, children: 57), Process(203, 200, 200, start: 2300, own: 4)));
        // Nobody of the run waited for it: nothing is taken from the others for it.
        Assert.Equal(1, Take(ticks, 2600, roots, Process(200, Daemon, 200, own: 56, children: 57)));
    }

    [Fact]
    public void What_was_there_before_the_first_look_is_not_counted_as_used_since() =>
        Assert.Equal(0, Take(new TickCount(), 2000, [Root("api", 200)], Process(200, Daemon, 200, own: 5000, children: 900)));

    private static long Take(TickCount ticks, long startedAt, RunRoot[] roots, params ProcStat[] table)
    {
        var used = new long[roots.Length];
        ticks.Take(Pass(roots, ticks.RunIdOf, table), startedAt, used);
        return used[0];
    }
}
