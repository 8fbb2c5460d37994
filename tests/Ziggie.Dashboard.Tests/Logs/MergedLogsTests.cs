using Xunit;
using Ziggie.Dashboard.Model.Logs;
using Ziggie.Processes.Output;

namespace Ziggie.Dashboard.Tests.Logs;

public sealed class MergedLogsTests
{
    private readonly MemoryLogs _store = new();
    private readonly IReadOnlyList<LogSource> _sources = LogSource.Of(["a", "b", "c"]);

    [Fact]
    public void Pages_in_both_directions_hold_every_line_once_in_the_order_of_time()
    {
        var dice = new Random(3);
        for (var i = 0; i < 2_000; i++) _store.Print(_sources[dice.Next(_sources.Count - 1)].Log, $"line {i}", i);
        var expected = Enumerable.Range(0, 2_000).Select(i => $"line {i}");
        var logs = new MergedLogs(_store, _sources, new LogFilter());

        List<MergedLine> backwards = [], forwards = [];
        for (var from = All(long.MaxValue); ;)
        {
            var page = logs.Read(new MergedRequest(from, IsBackwards: true, 77));
            backwards.InsertRange(0, page.Lines);
            from = page.Next;
            if (page.IsOver) break;
        }
        for (var from = All(0); ;)
        {
            var page = logs.Read(new MergedRequest(from, IsBackwards: false, 77));
            forwards.AddRange(page.Lines);
            from = page.Next;
            if (page.IsOver) break;
        }

        Assert.Equal(expected, backwards.Select(line => line.Entry.Text));
        Assert.Equal(expected, forwards.Select(line => line.Entry.Text));
    }

    [Fact]
    public void A_clock_that_went_back_does_not_reorder_a_log()
    {
        foreach (var (text, second) in new[] { ("1", 10.0), ("2", 3.0), ("3", 12.0) }) _store.Print("a", text, second);
        _store.Print("b", "b", 5);
        var page = new MergedLogs(_store, _sources, new LogFilter()).Read(new MergedRequest(All(0), IsBackwards: false, 10));
        Assert.Equal(["b", "1", "2", "3"], page.Lines.Select(line => line.Entry.Text));
    }

    [Fact]
    public void While_one_log_is_searched_the_others_wait()
    {
        for (var i = 0; i < 1_000; i++) _store.Print("a", "nothing", i);
        _store.Print("b", "match", 500);
        var logs = new MergedLogs(_store, _sources, new LogFilter(Pattern: LinePattern.Of("match", false), OnlyMatches: true));

        var page = logs.Read(new MergedRequest(All(long.MaxValue), IsBackwards: true, 10) { MostBytes = 100 });
        Assert.Empty(page.Lines);
        Assert.False(page.IsOver);
        var pages = 1;
        while (page.Lines.Count == 0)
        {
            page = logs.Read(new MergedRequest(page.Next, IsBackwards: true, 10) { MostBytes = 100 });
            pages++;
        }
        Assert.Equal("match", Assert.Single(page.Lines).Entry.Text);
        Assert.True(pages > 10);
    }

    [Fact]
    public void The_other_logs_are_entered_at_the_time_of_a_line()
    {
        _store.PrintMany("a", 1, 100);
        _store.PrintMany("b", 1, 100);
        var logs = new MergedLogs(_store, _sources, new LogFilter());
        var line = logs.LineAt(0, _store.ReadSlice("a", new LogSliceQuery { Pattern = LinePattern.Of("a 50", false) }).Entries[0].Position)!.Value;

        var page = logs.Read(new MergedRequest(logs.PositionsAt(line.Place), IsBackwards: false, 4));
        Assert.Equal(["a 50", "b 50", "a 51", "b 51"], page.Lines.Select(l => l.Entry.Text));
    }

    private long[] All(long position) => [.. _sources.Select(_ => position)];
}
