using Xunit;
using Ziggie.Processes.Output;

namespace Ziggie.Processes.Tests.Output;

public sealed class TimeIndexTests : IDisposable
{
    private readonly OutputHome _home = new();
    private readonly HandClock _clock = new();

    public void Dispose() => _home.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Since_and_until_give_the_lines_of_that_time_over_all_segments(bool compress)
    {
        var start = _clock.Now;
        var store = await PrintMinutesAsync(100, compress);

        Assert.Equal(Minutes(40, 59), Texts(store, new() { Since = start.AddMinutes(40), Until = start.AddMinutes(59) }));
        Assert.Equal(Minutes(95, 99), Texts(store, new() { Since = start.AddMinutes(94.5) }));
        Assert.Equal(Minutes(0, 3), Texts(store, new() { Until = start.AddMinutes(3.5) }));
        Assert.Equal(Minutes(2, 3).TakeLast(3), Texts(store, new() { Until = start.AddMinutes(3.5), Lines = 3 }));
        Assert.Equal(["minute 50 b"], Texts(store, new() { Since = start.AddMinutes(50), Until = start.AddMinutes(60), Grep = "50 B" }));
        Assert.Empty(Texts(store, new() { Since = start.AddMinutes(200) }));
        Assert.Empty(Texts(store, new() { Until = start.AddMinutes(-1) }));
        Assert.Empty(Texts(store, new() { Since = start.AddMinutes(60), Until = start.AddMinutes(50) }));
        Assert.Equal(200, store.Read(OutputHome.Service, new LogQuery { Since = start.AddMinutes(99) }).TotalLines);
    }

    [Fact]
    public async Task Every_line_has_its_own_time_after_rotation_and_restart()
    {
        var start = _clock.Now;
        (await PrintMinutesAsync(50, compress: true)).Dispose();

        var entries = _home.Start(_clock).Read(OutputHome.Service, new LogQuery()).Entries;

        Assert.Equal(100, entries.Count);
        Assert.All(entries.Select((entry, i) => (entry, i)), e => Assert.Equal(start.AddMinutes(e.i / 2), e.entry.Time));
    }

    [Fact]
    public async Task A_clock_that_goes_back_hides_no_line()
    {
        var store = _home.Start(_clock);
        var channel = store.Open(OutputHome.Service, new LogLimits());
        var start = _clock.Now;
        foreach (var (hour, text) in new[] { (10, "ten"), (11, "eleven"), (9, "nine"), (12, "twelve") })
        {
            _clock.Now = start.AddHours(hour);
            await _home.PrintAsync(channel, text + "\n");
        }

        Assert.Equal(["eleven", "twelve"], Texts(store, new() { Since = start.AddHours(10.5) }));
        Assert.Equal(["ten", "nine"], Texts(store, new() { Until = start.AddHours(10.5) }));
    }

    [Fact]
    public async Task A_line_has_the_time_of_its_first_byte()
    {
        var store = _home.Start(_clock);
        var channel = store.Open(OutputHome.Service, new LogLimits());
        var start = _clock.Now;
        await _home.PrintAsync(channel, "be");
        _clock.Now += TimeSpan.FromHours(1);
        await _home.PrintAsync(channel, "gun\nlater\n");

        Assert.Equal([start, start.AddHours(1)], store.Read(OutputHome.Service, new LogQuery()).Entries.Select(entry => entry.Time!.Value));
    }

    [Fact]
    public async Task A_torn_index_is_repaired()
    {
        await AssertRepairedAsync(index => File.WriteAllBytes(index, [.. File.ReadAllBytes(index), 1, 2, 3]), knownTimes: 2);
    }

    [Fact]
    public async Task An_index_that_ends_too_early_is_continued()
    {
        await AssertRepairedAsync(index => File.WriteAllBytes(index, File.ReadAllBytes(index)[..^16]), knownTimes: 2);
    }

    [Fact]
    public async Task A_lost_index_is_begun_anew()
    {
        await AssertRepairedAsync(File.Delete, knownTimes: 0);
    }

    [Fact]
    public async Task A_foreign_index_is_begun_anew()
    {
        await AssertRepairedAsync(index => File.WriteAllText(index, "something else that is longer than a header would be, in sum more than 64 bytes"), knownTimes: 0);
    }

    [Fact]
    public async Task Times_behind_the_end_of_the_log_are_forgotten()
    {
        var start = _clock.Now;
        await AssertRepairedAsync(index =>
        {
            using var more = TimeIndex.Repair(index, 0, long.MaxValue);
            more.Note(1000, TimePair.MicrosOf(start.AddDays(1)));
            more.Note(2000, TimePair.MicrosOf(start.AddDays(2)));
        }, knownTimes: 2);
    }

    /// <summary>Two lines an hour apart, then something happens to their index, then a third line.</summary>
    private async Task AssertRepairedAsync(Action<string> harm, int knownTimes)
    {
        var start = _clock.Now;
        using (var first = _home.Start(_clock))
        {
            var channel = first.Open(OutputHome.Service, new LogLimits());
            await _home.PrintAsync(channel, "one\n");
            _clock.Now = start.AddHours(1);
            await _home.PrintAsync(channel, "two\n");
        }
        harm(Path.ChangeExtension(_home.CurrentFile, ".idx"));
        _clock.Now = start.AddHours(2);

        var store = _home.Start(_clock);
        await _home.PrintAsync(store.Open(OutputHome.Service, new LogLimits()), "three\n");

        var entries = store.Read(OutputHome.Service, new LogQuery()).Entries;
        Assert.Equal(["one", "two", "three"], entries.Select(entry => entry.Text));
        Assert.Equal(start.AddHours(2), entries[2].Time);
        Assert.Equal(knownTimes, entries.Take(2).Count(entry => entry.Time is not null));
        if (knownTimes > 0) Assert.Equal(start, entries[0].Time);
        Assert.Equal(0, (new FileInfo(Path.ChangeExtension(_home.CurrentFile, ".idx")).Length - IndexHeader.Size) % TimeIndex.PairSize);
        Assert.Equal(["three"], Texts(store, new() { Since = start.AddHours(2) }));
    }

    /// <summary>Two lines a minute, in segments of a few hundred lines' length at most.</summary>
    private async Task<OutputStore> PrintMinutesAsync(int minutes, bool compress)
    {
        var store = _home.Start(_clock);
        var channel = store.Open(OutputHome.Service, new LogLimits { MaxSize = 4096, MaxFiles = 100, Compress = compress });
        var start = _clock.Now;
        var filler = new string('.', 400);
        for (var i = 0; i < minutes; i++)
        {
            _clock.Now = start.AddMinutes(i);
            await _home.PrintAsync(channel, $"minute {i} a {filler}\nminute {i} b {filler}\n");
        }
        Assert.True(Directory.GetFiles(_home.ServiceFolder, "*.idx").Length > 5);
        if (compress) await OutputHome.EventuallyAsync(() => Directory.GetFiles(_home.ServiceFolder, "0*.log").Length == 1, "closed segments are compressed");
        return store;
    }

    private static IEnumerable<string> Minutes(int from, int to) =>
        Enumerable.Range(from, to - from + 1).SelectMany(n => (string[])[$"minute {n} a", $"minute {n} b"]);

    private static string[] Texts(OutputStore store, LogQuery query) =>
        [.. store.Read(OutputHome.Service, query).Entries.Select(entry => entry.Text.TrimEnd('.', ' '))];
}
