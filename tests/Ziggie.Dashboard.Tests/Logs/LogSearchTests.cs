using Xunit;
using Ziggie.Dashboard.Model.Logs;
using Ziggie.Processes.Output;

namespace Ziggie.Dashboard.Tests.Logs;

public sealed class LogSearchTests
{
    [Fact]
    public async Task Matches_are_numbered_from_the_oldest_and_walked_both_ways()
    {
        var store = new MemoryLogs();
        store.PrintMany("a", 1, 1_000);
        store.PrintMany("b", 1, 1_000);
        var sources = LogSource.Of(["a", "b"]);
        var search = new LogSearch(new MergedLogs(store, sources, new LogFilter(Pattern: LinePattern.Of("^. .00$", isRegex: true)).Narrow()));
        await search.RunAsync(default);

        Assert.Equal(18, search.Count);
        Assert.True(search.IsComplete);
        var newest = search.Before(null)!.Value;
        Assert.Equal(17, search.IndexOf(newest));
        Assert.Equal(2, newest.Source);
        Assert.Equal(16, search.IndexOf(search.Before(newest)!.Value));
        Assert.Null(search.After(newest));
        var oldest = search.After(null)!.Value;
        Assert.Equal(0, search.IndexOf(oldest));
        Assert.Null(search.Before(oldest));
        Assert.Equal(1, search.IndexOf(search.After(oldest)!.Value));

        var later = new LinePlace(0, 1_000_000, 1_000_010, MemoryLogs.Start.AddDays(1));
        search.Add([later, later]);
        Assert.Equal(19, search.Count);
        Assert.Equal(18, search.IndexOf(search.After(newest)!.Value));
    }

    [Fact]
    public async Task Of_a_search_that_is_followed_for_long_the_newest_matches_are_remembered()
    {
        var store = new MemoryLogs();
        store.PrintMany("a", 1, 1_000);
        var search = new LogSearch(new MergedLogs(store, LogSource.Of(["a"]), new LogFilter(Pattern: LinePattern.Of("a", isRegex: false)).Narrow()));
        await search.RunAsync(default);
        Assert.False(search.IsCapped);
        var first = search.After(null)!.Value;
        for (var n = 0; n < 60; n++) search.Add(Enumerable.Range(0, 1_000).Select(i => Later((n * 1_000) + i)));

        Assert.Equal((LogSearch.Most, true), (search.Count, search.IsCapped));
        Assert.Equal(Later(59_999), search.Before(null));
        Assert.Equal(Later(10_000), search.After(null));
        Assert.Null(search.IndexOf(first));

        static LinePlace Later(int n) => new(0, 1_000_000 + n, 1_000_001 + n, MemoryLogs.Start.AddDays(1));
    }

    [Fact]
    public async Task A_match_that_was_gone_to_before_all_were_found_is_numbered_among_all()
    {
        var store = new MemoryLogs();
        store.PrintMany("a", 1, 5_000);
        var search = new LogSearch(new MergedLogs(store, LogSource.Of(["a"]), new LogFilter(Pattern: LinePattern.Of("a", isRegex: false)).Narrow()));
        LinePlace? gone = null;
        List<int?> numbers = [];
        search.Progressed += () => numbers.Add(search.IndexOf(gone ??= search.Before(null)!.Value));
        await search.RunAsync(default);
        Assert.Equal([1_999, 3_999, 4_999], numbers);
    }

    [Theory]
    [InlineData(0, null, true, false, "No matches")]
    [InlineData(1, null, true, false, "1 match")]
    [InlineData(12, 2, true, false, "3 of 12")]
    [InlineData(50_000, 2, true, true, "3 of 50,000+")]
    [InlineData(12, 2, false, false, "12 matches so far")]
    [InlineData(0, null, false, false, "Searching, 340 MB")]
    public void The_state_of_a_search_in_words(int count, int? current, bool isComplete, bool isCapped, string words) =>
        Assert.Equal(words, new HitStatus(count, current, isComplete, isCapped, 340_000_000).Words);
}
