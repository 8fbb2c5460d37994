using Xunit;
using Ziggie.Dashboard.Model.Logs;
using Ziggie.Processes.Output;

namespace Ziggie.Dashboard.Tests.Logs;

public sealed class LogSessionTests : IDisposable
{
    private readonly MemoryLogs _store = new();
    private readonly MemoryPane _pane = new();
    private readonly IReadOnlyList<LogSource> _sources = LogSource.Of(["a"]);
    private readonly LogSession _session;

    public LogSessionTests() => _session = new LogSession(_store, _sources, _pane, TimeProvider.System);

    public void Dispose() => _session.Dispose();

    [Fact]
    public async Task The_newest_lines_are_shown_and_followed()
    {
        _store.PrintMany("a", 1, 1_000);
        await OpenAsync();
        Assert.Equal("a 1000", _pane.Texts[^1]);
        Assert.True(_session.Status.IsFollowing);
        Assert.InRange(_pane.Texts.Length, 100, 500);

        _store.Print("a", "new", 1_001);
        await EventuallyAsync(() => _pane.Texts[^1] == "new");
        Assert.Equal(0, _pane.Skipped);
    }

    [Fact]
    public async Task An_unfinished_line_is_shown_and_finished_in_its_place()
    {
        _store.Print("a", "first", 1);
        await OpenAsync();
        _store.Print("a", "10 %", 2, isUnfinished: true);
        await EventuallyAsync(() => _pane.Texts[^1] == "10 %");
        _store.Print("a", "10 %\r100 %", 2);
        await EventuallyAsync(() => _pane.Texts[^1] == "100 %");
        Assert.Equal(["first", "100 %"], _pane.Texts);
    }

    [Fact]
    public async Task Scrolled_up_nothing_moves_and_new_lines_are_counted()
    {
        _store.PrintMany("a", 1, 10);
        await OpenAsync();
        await _session.ScrolledAsync(isAtEnd: false);
        _store.PrintMany("a", 11, 47);
        await EventuallyAsync(() => _session.Status.NewLines == 37);
        Assert.Equal("a 10", _pane.Texts[^1]);
        Assert.False(_pane.AtNewest);

        await _session.ToNewestAsync();
        Assert.Equal("a 47", _pane.Texts[^1]);
        Assert.Equal((true, 0), (_session.Status.IsFollowing, _session.Status.NewLines));
    }

    [Fact]
    public async Task Paused_stays_paused_at_the_end_until_somebody_follows_again()
    {
        _store.PrintMany("a", 1, 10);
        await OpenAsync();
        await _session.PauseAsync(true);
        await _session.ScrolledAsync(isAtEnd: true);
        Assert.False(_session.Status.IsFollowing);
        await _session.PauseAsync(false);
        Assert.True(_session.Status.IsFollowing);
    }

    [Fact]
    public async Task Of_a_flood_the_newest_is_shown_and_the_rest_is_told_in_bytes()
    {
        _store.Print("a", "first", 0);
        await OpenAsync();
        var browser = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _pane.Adding = () => browser.Task;
        _store.PrintMany("a", 1, 20_000);
        browser.SetResult();

        await EventuallyAsync(() => _pane.Texts[^1] == "a 20000");
        await EventuallyAsync(() => _pane.Skipped > 0);
        Assert.InRange(_pane.Texts.Length, 1, LogSession.MostLines);
    }

    [Fact]
    public async Task The_window_wanders_over_the_whole_log_and_never_grows_beyond_its_bound()
    {
        _store.PrintMany("a", 1, 10_000);
        await OpenAsync();
        while (!_pane.AtOldest)
        {
            await _session.OlderAsync();
            await _session.ScrolledAsync(isAtEnd: false);
            Assert.InRange(_pane.Texts.Length, 1, LogSession.MostLines);
        }
        Assert.Equal(Numbers(1, LogSession.MostLines), _pane.Texts);
        while (!_pane.AtNewest)
        {
            await _session.NewerAsync();
            Assert.InRange(_pane.Texts.Length, 1, LogSession.MostLines);
        }
        Assert.Equal(Numbers(10_001 - LogSession.MostLines, 10_000), _pane.Texts);
        Assert.Equal(0, _pane.Skipped);

        await _session.ToOldestAsync();
        Assert.Equal("a 1", _pane.Texts[0]);
    }

    [Fact]
    public async Task An_address_leads_to_a_line_in_the_middle()
    {
        _store.PrintMany("a", 1, 10_000);
        var position = _store.ReadSlice("a", new LogSliceQuery { Pattern = LinePattern.Of("a 5000", false) }).Entries[0].Position;
        await _session.OpenAsync(new LogFilter(), position.ToString(System.Globalization.CultureInfo.InvariantCulture));

        Assert.Equal($"0:{position}", _pane.Marked);
        Assert.Contains("a 4999", _pane.Texts);
        Assert.Contains("a 5000", _pane.Texts);
        Assert.False(_session.Status.IsFollowing);
        Assert.Null(_session.Status.Problem);
    }

    [Fact]
    public async Task A_search_leads_through_what_is_not_loaded_and_round()
    {
        _store.PrintMany("a", 1, 10_000);
        await _session.OpenAsync(new LogFilter(Pattern: LinePattern.Of("^a .000$", isRegex: true)), null);
        List<string?> seen = [];
        foreach (var isOlder in new[] { false, true, true, false, false, false })
        {
            await _session.NextHitAsync(isOlder);
            seen.Add(_pane.Lines.Single(line => line.Key == _pane.Marked).Parts.Single(part => part.Length > 1)[0]);
        }

        Assert.Equal(["a 9000", "a 8000", "a 7000", "a 8000", "a 9000", "a 1000"], seen);
        Assert.Equal("1 of 9", _session.Hits!.Words);
    }

    [Fact]
    public async Task Only_matches_are_shown_also_those_that_come()
    {
        _store.PrintMany("a", 1, 5_000);
        await _session.OpenAsync(new LogFilter(Pattern: LinePattern.Of("77", false), OnlyMatches: true), null);
        Assert.All(_pane.Texts, text => Assert.Contains("77", text));
        var count = _session.Hits!.Count;
        _store.PrintMany("a", 5_001, 5_100);
        await EventuallyAsync(() => _pane.Texts[^1] == "a 5077");
        await EventuallyAsync(() => _session.Hits!.Count == count + 1 && _session.Hits.IsComplete);
    }

    [Fact]
    public async Task A_hidden_page_reads_nothing()
    {
        _store.PrintMany("a", 1, 10);
        await OpenAsync();
        _store.Print("a", "seen", 11);
        await EventuallyAsync(() => _pane.Texts[^1] == "seen");
        _session.Hide(true);
        // Whatever was under way when it was hidden comes to its end.
        await EventuallyAsync(() => _session.IsResting);
        var reads = _store.Reads;
        _store.PrintMany("a", 20, 40);
        Assert.True(_session.IsResting);
        Assert.Equal(reads, _store.Reads);

        _session.Hide(false);
        await EventuallyAsync(() => _pane.Texts[^1] == "a 40");
    }

    [Fact]
    public async Task A_range_that_has_ended_is_not_followed()
    {
        _store.PrintMany("a", 1, 100);
        await _session.OpenAsync(new LogFilter(MemoryLogs.Start.AddSeconds(10), MemoryLogs.Start.AddSeconds(20)), null);
        Assert.Equal(Numbers(10, 20), _pane.Texts);
        Assert.False(_session.Status.IsFollowing);
    }

    [Fact]
    public async Task A_long_line_is_shown_whole_on_request()
    {
        _store.Print("a", new string('x', 10_000), 1);
        await OpenAsync();
        Assert.Equal(LineDrawing.Cut, _pane.Texts[0].Length);
        await _session.ShowWholeAsync("0:0");
        Assert.Equal(10_000, _pane.Texts[0].Length);
    }

    [Fact]
    public async Task Without_a_log_it_says_so_and_waits()
    {
        await OpenAsync();
        Assert.Equal((true, false, false), (_session.Status.IsEmpty, _session.Status.Exists, _session.Status.IsLoading));
        _store.Print("a", "hello", 1);
        await EventuallyAsync(() => _session.Status is { IsEmpty: false, Exists: true });
        Assert.Equal(["hello"], _pane.Texts);
    }

    private Task OpenAsync() => _session.OpenAsync(new LogFilter(), null);

    private static IEnumerable<string> Numbers(int from, int to) => Enumerable.Range(from, to - from + 1).Select(n => $"a {n}");

    private static async Task EventuallyAsync(Func<bool> isTrue)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!isTrue()) await Task.Delay(10, limit.Token);
    }
}
