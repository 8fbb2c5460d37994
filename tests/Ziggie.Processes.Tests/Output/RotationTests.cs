using System.IO.Compression;
using System.Text;
using Xunit;
using Ziggie.Processes.Output;

namespace Ziggie.Processes.Tests.Output;

public sealed class RotationTests : IDisposable
{
    private readonly OutputHome _home = new();

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task Two_hundred_thousand_lines_over_many_rotations_are_there_once_each()
    {
        var store = _home.Start();
        var channel = store.Open(OutputHome.Service, new LogLimits { MaxSize = 100_000, MaxFiles = 1000 });
        var shell = _home.Shell(channel, "seq 1 200000");
        // A reader meanwhile must see whole lines too.
        while (!shell.HasExited) AssertConsecutive(store.Read(OutputHome.Service, new LogQuery { Lines = 5000 }));
        await channel.DrainAsync(default).WaitAsync(OutputHome.Limit);

        Assert.Equal(OutputHome.Numbers(1, 200_000), OutputHome.All(store));
        Assert.Equal(200_000, store.Read(OutputHome.Service, new LogQuery()).TotalLines);
        Assert.True(Files("*.idx").Length > 10, "there were rotations");

        await OutputHome.EventuallyAsync(() => Files("0*.log").Length == 1, "closed segments are compressed");
        Assert.Equal(OutputHome.Numbers(1, 200_000), OutputHome.All(store));
        Assert.Equal(200_000, store.Read(OutputHome.Service, new LogQuery()).TotalLines);
        // Each file by itself holds whole lines, and all of them together every line once.
        Assert.Equal(OutputHome.Numbers(1, 200_000), Files("0*.log*").Order().SelectMany(WholeLines));
        Assert.All(Files("0*.log"), file => Assert.InRange(new FileInfo(file).Length, 1, 100_000));

        store.Dispose();
        Assert.Equal(OutputHome.Numbers(1, 200_000), OutputHome.All(_home.Start()));
    }

    [Fact]
    public async Task Pieces_of_any_size_are_never_split_where_a_segment_ends()
    {
        var store = _home.Start();
        var channel = store.Open(OutputHome.Service, new LogLimits { MaxSize = 50_000, MaxFiles = 1000, Compress = false });
        var random = new Random(7);
        var lines = Enumerable.Range(1, 20_000).Select(n => n + new string('.', random.Next(80))).ToArray();
        var bytes = Encoding.ASCII.GetBytes(string.Join('\n', lines) + "\n");

        await using var writer = _home.OpenWriter(channel);
        await Task.Run(() =>
        {
            for (var at = 0; at < bytes.Length;)
            {
                var count = Math.Min(random.Next(1, 9000), bytes.Length - at);
                writer.Write(bytes, at, count);
                at += count;
            }
        }).WaitAsync(OutputHome.Limit);
        await channel.DrainAsync(default).WaitAsync(OutputHome.Limit);

        Assert.Equal(lines, OutputHome.All(store));
        var entries = store.Read(OutputHome.Service, new LogQuery { Lines = int.MaxValue }).Entries;
        var position = 0L;
        foreach (var entry in entries)
        {
            Assert.Equal(position, entry.Position);
            position += entry.Text.Length + 1;
        }
        Assert.Equal(bytes.Length, store.Read(OutputHome.Service, new LogQuery()).End);
        // So are the files themselves, for whoever reads them without this program.
        Assert.Equal(bytes, Files("0*.log").Order().SelectMany(File.ReadAllBytes));
    }

    [Fact]
    public async Task Files_and_total_size_are_capped()
    {
        var store = _home.Start();
        var channel = store.Open(OutputHome.Service, new LogLimits { MaxSize = 20_000, MaxFiles = 4, Compress = false });
        await _home.PrintAsync(channel, string.Concat(Enumerable.Range(1, 50_000).Select(n => $"{n}\n")));

        await OutputHome.EventuallyAsync(() => Files("0*.log").Length == 4 && Files("*.idx").Length == 4, "four files are left");
        Assert.True(Files("0*.log").Sum(file => new FileInfo(file).Length) <= 80_000);
        var page = store.Read(OutputHome.Service, new LogQuery { Lines = int.MaxValue });
        Assert.Equal(OutputHome.Numbers(50_001 - page.Entries.Count, 50_000), page.Entries.Select(entry => entry.Text));
        Assert.Equal(page.Entries.Count, page.TotalLines);
    }

    [Fact]
    public async Task Old_segments_are_deleted_by_their_age()
    {
        var clock = new HandClock();
        var store = _home.Start(clock);
        var channel = store.Open(OutputHome.Service, new LogLimits { MaxSize = 5_000, MaxAge = TimeSpan.FromDays(1), MaxFiles = 100 });
        await _home.PrintAsync(channel, string.Concat(Enumerable.Range(1, 5_000).Select(n => $"{n}\n")));
        clock.Now += TimeSpan.FromDays(2);
        await _home.PrintAsync(channel, string.Concat(Enumerable.Range(5_001, 2_000).Select(n => $"{n}\n")));

        await OutputHome.EventuallyAsync(() => int.Parse(OutputHome.All(store)[0]) > 4_000, "what is two days old is gone");
        Assert.Equal("7000", OutputHome.All(store)[^1]);
    }

    [Fact]
    public async Task Long_lines_are_capped_too_but_the_newest_stays()
    {
        var store = _home.Start();
        var channel = store.Open(OutputHome.Service, new LogLimits { MaxSize = 10_000, MaxFiles = 10, Compress = false });
        foreach (var letter in "abc") await _home.PrintAsync(channel, new string(letter, 500_000) + "\n");

        await OutputHome.EventuallyAsync(() => OutputHome.All(store) is [var only] && only[0] == 'c', "the newest line alone is kept");
    }

    [Fact]
    public async Task A_line_longer_than_a_segment_stays_whole()
    {
        var store = _home.Start();
        var channel = store.Open(OutputHome.Service, new LogLimits { MaxSize = 50_000, MaxFiles = 100 });
        var large = new string('x', 1_000_000);

        await _home.PrintAsync(channel, $"a\n{large}\nb\n{large}");
        await _home.PrintAsync(channel, "!\nc\n");

        Assert.Equal(["a", large, "b", large + "!", "c"], OutputHome.All(store));
        Assert.Equal(5, store.Read(OutputHome.Service, new LogQuery()).TotalLines);
        Assert.True(Files("*.idx").Length > 1);
    }

    [Fact]
    public async Task A_line_without_end_is_split_at_last_and_loses_nothing()
    {
        var store = _home.Start();
        var channel = store.Open(OutputHome.Service, new LogLimits { MaxSize = 1_000_000, MaxFiles = 100, Compress = false });
        const int length = 20_000_000;
        await _home.PrintAsync(channel, Enumerable.Repeat((byte)'x', length).ToArray());

        var page = store.Read(OutputHome.Service, new LogQuery { Lines = int.MaxValue });
        Assert.Equal(length, page.Entries.Sum(entry => entry.Text.Length));
        Assert.Equal(3, page.TotalLines);
        Assert.All(Files("0*.log"), file => Assert.InRange(new FileInfo(file).Length, 1, 9_100_000));
    }

    [Fact]
    public async Task Other_limits_hold_from_the_next_byte_on()
    {
        var store = _home.Start();
        var channel = store.Open(OutputHome.Service, new LogLimits());
        await _home.PrintAsync(channel, string.Concat(Enumerable.Range(1, 10_000).Select(n => $"{n}\n")));
        Assert.Single(Files("*.idx"));

        store.Open(OutputHome.Service, new LogLimits { MaxSize = 10_000, MaxFiles = 100 });
        await _home.PrintAsync(channel, string.Concat(Enumerable.Range(10_001, 10_000).Select(n => $"{n}\n")));

        Assert.True(Files("*.idx").Length > 2);
        Assert.Equal(OutputHome.Numbers(1, 20_000), OutputHome.All(store));
    }

    private string[] Files(string pattern) => Directory.GetFiles(_home.ServiceFolder, pattern);

    private static void AssertConsecutive(LogPage page)
    {
        var numbers = page.Entries.Select(entry => entry.Text).ToList();
        // The last line may be unfinished at that moment.
        for (var i = 1; i < numbers.Count - 1; i++) Assert.Equal(int.Parse(numbers[i - 1]) + 1, int.Parse(numbers[i]));
    }

    private static string[] WholeLines(string file)
    {
        using var stream = File.OpenRead(file);
        using var reader = new StreamReader(file.EndsWith(".gz") ? new GZipStream(stream, CompressionMode.Decompress) : stream);
        var text = reader.ReadToEnd();
        Assert.EndsWith("\n", text);
        return text[..^1].Split('\n');
    }
}
