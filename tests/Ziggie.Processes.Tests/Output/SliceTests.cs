using System.IO.Compression;
using System.Text;
using Xunit;
using Ziggie.Processes.Output;

namespace Ziggie.Processes.Tests.Output;

public sealed class SliceTests : IDisposable
{
    private readonly OutputHome _home = new();

    public void Dispose() => _home.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Pages_in_both_directions_hold_every_line_once(bool compress)
    {
        var (store, channel) = Open(compress);
        await _home.PrintAsync(channel, string.Concat(OutputHome.Numbers(1, 20_000).Select(n => n + "\n")) + "unfinished");
        await RestAsync(compress);
        string[] all = [.. OutputHome.Numbers(1, 20_000), "unfinished"];

        List<LogEntry> backwards = [];
        var slice = Read(store, new LogSliceQuery { IsBackwards = true, Lines = 333 });
        Assert.Equal(slice.End - "unfinished".Length, slice.Finished);
        for (; ; slice = Read(store, new LogSliceQuery { IsBackwards = true, Lines = 333, From = slice.Next }))
        {
            backwards.InsertRange(0, slice.Entries);
            if (slice.IsOver) break;
        }
        List<LogEntry> forwards = [];
        for (slice = Read(store, new LogSliceQuery { Lines = 333 }); ; slice = Read(store, new LogSliceQuery { Lines = 333, From = slice.Next }))
        {
            forwards.AddRange(slice.Entries);
            if (slice.IsOver) break;
        }

        Assert.Equal(all, backwards.Select(entry => entry.Text));
        Assert.Equal(backwards, forwards);
        Assert.True(forwards[^1].IsUnfinished);
        Assert.Equal(forwards[^1].Position, slice.Next);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Around_any_position_the_lines_before_and_after_it_meet(bool compress)
    {
        var (store, channel) = Open(compress);
        await _home.PrintAsync(channel, string.Concat(OutputHome.Numbers(1, 9_000).Select(n => n + "\n")));
        await RestAsync(compress);
        var end = Read(store, new LogSliceQuery()).End;
        for (var position = 0L; position <= end; position += 1_237)
        {
            var before = Read(store, new LogSliceQuery { IsBackwards = true, From = position, Lines = 2 }).Entries;
            var after = Read(store, new LogSliceQuery { From = position, Lines = 2 }).Entries;

            var numbers = before.Concat(after).Select(entry => int.Parse(entry.Text)).ToArray();
            Assert.Equal(Enumerable.Range(numbers[0], numbers.Length), numbers);
            Assert.All(before, entry => Assert.True(entry.Position < position));
            Assert.All(after, entry => Assert.True(entry.Position >= position));
        }
    }

    [Theory]
    [InlineData("(((a?){100}){100}){100}", "The regular expression is too large")]
    [InlineData(@"(a)\1", "Backreferences")]
    [InlineData(@"\Ga", @"and \G are not supported")]
    public void An_expression_that_cannot_be_searched_for_is_told_why(string pattern, string why) =>
        Assert.Contains(why, Assert.Throws<ArgumentException>(() => LinePattern.Of(pattern, isRegex: true)).Message);

    [Fact]
    public async Task A_search_goes_on_where_it_stopped_and_says_how_far_it_looked()
    {
        var (store, channel) = Open(compress: true);
        await _home.PrintAsync(channel, string.Concat(OutputHome.Numbers(1, 20_000).Select(n => n + "\n")));
        await RestAsync(compressed: true);
        var query = new LogSliceQuery { IsBackwards = true, Pattern = LinePattern.Of("^(77|18000)$", isRegex: true), MostBytes = 10_000 };
        List<string> found = [];
        var (looked, pieces) = (0L, 0);
        var slice = Read(store, query);
        for (; ; slice = Read(store, query with { From = slice.Next }), pieces++)
        {
            found.AddRange(slice.Entries.Select(entry => entry.Text));
            looked += slice.Looked;
            if (slice.IsOver) break;
        }

        Assert.Equal(["18000", "77"], found);
        Assert.Equal(slice.End, looked);
        Assert.True(pieces > 5);
    }

    [Fact]
    public async Task A_floor_and_a_range_of_time_bound_what_is_read()
    {
        var clock = new HandClock();
        var store = _home.Start(clock);
        var channel = store.Open(OutputHome.Service, new LogLimits { MaxSize = 4_096, MaxFiles = 1000 });
        var start = clock.Now;
        for (var hour = 0; hour < 10; hour++)
        {
            clock.Now = start.AddHours(hour);
            await _home.PrintAsync(channel, string.Concat(Enumerable.Range(0, 100).Select(n => $"hour {hour} line {n} {new string('.', 30)}\n")));
        }
        await RestAsync(compressed: true);
        var query = new LogSliceQuery { Since = start.AddHours(3), Until = start.AddHours(5.5), Lines = 1_000 };

        var forwards = Read(store, query);
        var backwards = Read(store, query with { IsBackwards = true });
        var last = Read(store, query with { IsBackwards = true, Floor = forwards.Entries[290].Position });

        Assert.Equal(300, forwards.Entries.Count);
        Assert.StartsWith("hour 3 line 0 ", forwards.Entries[0].Text);
        Assert.Equal(forwards.Entries, backwards.Entries);
        Assert.Equal(forwards.Entries.Skip(290), last.Entries);
        Assert.True(last.IsOver);
    }

    [Fact]
    public async Task Escape_sequences_do_not_hide_a_text_from_the_search()
    {
        var (store, channel) = Open(compress: false);
        await _home.PrintAsync(channel, "\x1b[31mer\x1b[0mror\nloading\rloaded\n");

        Assert.Single(Read(store, new LogSliceQuery { Pattern = LinePattern.Of("Error", isRegex: false) }).Entries);
        Assert.Empty(Read(store, new LogSliceQuery { Pattern = LinePattern.Of("loading", isRegex: false) }).Entries);
        Assert.Single(Read(store, new LogSliceQuery { Pattern = LinePattern.Of("^loaded$", isRegex: true) }).Entries);
    }

    [Fact]
    public async Task Of_a_long_line_only_a_piece_is_taken()
    {
        var (store, channel) = Open(compress: false);
        await _home.PrintAsync(channel, new string('a', 1_000_000) + "b\n" + new string('c', 1_000_000) + "d");

        var entries = Read(store, new LogSliceQuery { MostOfLine = 10 }).Entries;

        Assert.Equal(["aaaaaaaaaa", "cccccccccd"], entries.Select(entry => entry.Text));
        Assert.Equal(1_000_002, entries[0].End);
        Assert.Equal(2_000_003, entries[1].End);
    }

    [Fact]
    public async Task Waiting_ends_when_something_is_printed_also_without_a_line_feed()
    {
        var (store, channel) = Open(compress: false);
        Assert.True(Read(store, new LogSliceQuery { IsBackwards = true }).IsOver);
        var first = store.WaitForMoreAsync(OutputHome.Service, 0, default);
        await _home.PrintAsync(channel, "50 %");
        await first.WaitAsync(OutputHome.Limit);

        var second = store.WaitForMoreAsync(OutputHome.Service, 4, default);
        Assert.False(second.IsCompleted);
        await _home.PrintAsync(channel, "\r100 %\n");
        await second.WaitAsync(OutputHome.Limit);
        Assert.Equal("50 %\r100 %", Read(store, new LogSliceQuery { From = 0 }).Entries[0].Text);
    }

    [Fact]
    public async Task A_removed_log_wakes_who_waits_for_it()
    {
        var (store, channel) = Open(compress: false);
        await _home.PrintAsync(channel, "x\n");
        var waiting = store.WaitForMoreAsync(OutputHome.Service, 2, default);
        store.Remove(OutputHome.Service);
        await waiting.WaitAsync(OutputHome.Limit);
    }

    [Fact]
    public async Task Files_of_an_earlier_version_compressed_in_one_piece_are_read_too()
    {
        var (store, channel) = Open(compress: false);
        await _home.PrintAsync(channel, string.Concat(OutputHome.Numbers(1, 20_000).Select(n => n + "\n")));
        foreach (var file in Directory.GetFiles(_home.ServiceFolder, "0*.log").Order().SkipLast(1))
        {
            using (var target = new GZipStream(File.Create(file + ".gz"), CompressionLevel.Fastest)) target.Write(File.ReadAllBytes(file));
            File.Delete(file);
        }
        using var later = new OutputStore(_home.RunFolder, _home.LogFolder, TimeProvider.System);

        Assert.Equal(OutputHome.Numbers(1, 20_000), Read(later, new LogSliceQuery { Lines = 30_000 }).Entries.Select(entry => entry.Text));
        Assert.Equal(OutputHome.Numbers(1, 20_000), Read(later, new LogSliceQuery { Lines = 30_000, IsBackwards = true }).Entries.Select(entry => entry.Text));
    }

    [Fact]
    public void A_file_of_blocks_is_read_from_anywhere_and_by_every_gzip()
    {
        var content = Encoding.ASCII.GetBytes(string.Concat(OutputHome.Numbers(1, 150_000)));
        var segment = new Segment(_home.Folder, 0, Compressed: true, Next: content.Length);
        using (var target = File.Create(segment.FilePath))
        {
            foreach (var block in content.Chunk(GzipBlocks.BlockSize)) GzipBlocks.Write(block, target);
        }
        using var whole = new MemoryStream();
        using (var gzip = new GZipStream(File.OpenRead(segment.FilePath), CompressionMode.Decompress)) gzip.CopyTo(whole);
        Assert.Equal(content, whole.ToArray());

        using var bytes = new SegmentBytes(segment);
        var buffer = new byte[1_000];
        for (var offset = content.Length - 1; offset >= 0; offset -= 77_777)
        {
            var count = bytes.ReadAt(buffer, offset);
            Assert.Equal(content.AsSpan(offset, Math.Min(1_000, content.Length - offset)), buffer.AsSpan(0, count));
            using var stream = LogFile.OpenStream(segment, offset);
            Assert.Equal(content[offset], stream.ReadByte());
        }
        File.Delete(segment.FilePath);
    }

    private (OutputStore, IOutputChannel) Open(bool compress)
    {
        var store = _home.Start();
        return (store, store.Open(OutputHome.Service, new LogLimits { MaxSize = 20_000, MaxFiles = 1_000, Compress = compress }));
    }

    private async Task RestAsync(bool compressed)
    {
        if (compressed) await OutputHome.EventuallyAsync(() => Directory.GetFiles(_home.ServiceFolder, "0*.log").Length == 1, "closed segments are compressed");
    }

    private static LogSlice Read(OutputStore store, LogSliceQuery query) => store.ReadSlice(OutputHome.Service, query);
}
