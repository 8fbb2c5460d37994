using System.Text;
using Xunit;
using Ziggie.Processes.Output;

namespace Ziggie.Processes.Tests.Output;

public sealed class CopyTests : IDisposable
{
    private readonly OutputHome _home = new();

    public void Dispose() => _home.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_copy_holds_every_byte_as_it_was_printed_over_all_segments(bool compress)
    {
        var store = _home.Start();
        var channel = store.Open(OutputHome.Service, new LogLimits { MaxSize = 20_000, MaxFiles = 1000, Compress = compress });
        byte[] printed = [.. Encoding.ASCII.GetBytes(string.Concat(OutputHome.Numbers(1, 30_000).Select(n => n + "\n"))), 0, 0xFF, 0xC3, 13, 10, (byte)'x'];
        await _home.PrintAsync(channel, printed);
        if (compress)
            await OutputHome.EventuallyAsync(() => Directory.GetFiles(_home.ServiceFolder, "0*.log").Length == 1, "closed segments are compressed");

        Assert.Equal(printed, await CopyAsync(store));
    }

    [Fact]
    public async Task A_copy_amid_a_flood_is_a_piece_of_whole_lines_without_a_hole()
    {
        var store = _home.Start();
        var channel = store.Open(OutputHome.Service, new LogLimits { MaxSize = 20_000, MaxFiles = 3 });
        // It goes on until the home ends it.
        var shell = _home.Shell(channel, "exec seq 1 inf");
        await OutputHome.EventuallyAsync(() => store.Read(OutputHome.Service, new LogQuery()).Exists, "there is a log");
        var last = 0L;
        for (var copies = 0; copies < 5; copies++)
        {
            var text = Encoding.ASCII.GetString(await CopyAsync(store));
            // The last line may not have its end yet.
            var numbers = text.Split('\n')[..^1].Select(long.Parse).ToList();
            for (var i = 1; i < numbers.Count; i++) Assert.Equal(numbers[i - 1] + 1, numbers[i]);
            await OutputHome.EventuallyAsync(() => Last(store) > last, "the flood goes on");
            last = Last(store);
        }
        Assert.False(shell.HasExited);
    }

    [Fact]
    public async Task A_copy_stays_what_the_log_was_when_it_began()
    {
        var store = _home.Start();
        var channel = store.Open(OutputHome.Service, new LogLimits { MaxSize = 10_000, MaxFiles = 2, Compress = false });
        var before = string.Concat(OutputHome.Numbers(1, 3_000).Select(n => n + "\n")) + "unfin";
        await _home.PrintAsync(channel, before);
        var kept = string.Concat(OutputHome.All(store).SkipLast(1).Select(line => line + "\n")) + "unfin";
        using var target = new SlowStream();

        var copying = store.CopyToAsync(OutputHome.Service, new LogRange(), target, default);
        await target.Begun.WaitAsync(OutputHome.Limit);
        await _home.PrintAsync(channel, "ished\n" + string.Concat(OutputHome.Numbers(1, 20_000).Select(n => n + "\n")));
        target.Go();

        Assert.True(await copying.WaitAsync(OutputHome.Limit));
        Assert.Equal(kept, Encoding.ASCII.GetString(target.ToArray()));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_range_of_time_takes_the_lines_in_it(bool compress)
    {
        var clock = new HandClock();
        var store = _home.Start(clock);
        var channel = store.Open(OutputHome.Service, new LogLimits { MaxSize = 4_096, MaxFiles = 1000, Compress = compress });
        var start = clock.Now;
        for (var hour = 0; hour < 10; hour++)
        {
            clock.Now = start.AddHours(hour);
            await _home.PrintAsync(channel, string.Concat(Enumerable.Range(0, 100).Select(n => $"hour {hour} line {n} {new string('.', 30)}\n")));
        }

        var text = Encoding.ASCII.GetString(await CopyAsync(store, new LogRange { Since = start.AddHours(3), Until = start.AddHours(5.5) }));

        var lines = text.Split('\n')[..^1];
        Assert.Equal(300, lines.Length);
        Assert.StartsWith("hour 3 line 0 ", lines[0]);
        Assert.StartsWith("hour 5 line 99 ", lines[^1]);
    }

    [Fact]
    public async Task Both_streams_come_in_the_order_of_time_and_each_alone()
    {
        var clock = new HandClock();
        var store = _home.Start(clock);
        var output = store.Open(OutputHome.Service, new LogLimits());
        var errors = store.Open(ErrorLog.Of(OutputHome.Service), new LogLimits());
        foreach (var (channel, text) in new[] { (output, "one\n"), (errors, "two\n"), (output, "three\n"), (errors, "four\n") })
        {
            clock.Now += TimeSpan.FromSeconds(1);
            await _home.PrintAsync(channel, text);
        }

        Assert.Equal("one\ntwo\nthree\nfour\n", Encoding.ASCII.GetString(await CopyAsync(store)));
        Assert.Equal("one\nthree\n", Encoding.ASCII.GetString(await CopyAsync(store, new LogRange { Streams = LogStreams.Output })));
        Assert.Equal("two\nfour\n", Encoding.ASCII.GetString(await CopyAsync(store, new LogRange { Streams = LogStreams.Errors })));
    }

    [Fact]
    public async Task Without_a_log_nothing_is_copied()
    {
        var store = _home.Start();
        using var target = new MemoryStream();
        Assert.False(await store.CopyToAsync("new", new LogRange(), target, default));
        Assert.Equal(0, target.Length);
        Assert.Equal(0, store.LostBytes("new"));
    }

    [Fact]
    public async Task The_end_of_an_entry_is_where_the_next_one_begins()
    {
        var store = _home.Start();
        var channel = store.Open(OutputHome.Service, new LogLimits { MaxSize = 10_000, MaxFiles = 100 });
        await _home.PrintAsync(channel, [0xFF, 0xFE, 13, 10, .. Encoding.UTF8.GetBytes("ü\n" + string.Concat(OutputHome.Numbers(1, 5_000).Select(n => n + "\r\n"))), (byte)'x']);
        await OutputHome.EventuallyAsync(() => Directory.GetFiles(_home.ServiceFolder, "0*.log").Length == 1, "closed segments are compressed");

        var page = store.Read(OutputHome.Service, new LogQuery { Lines = int.MaxValue });

        Assert.Equal(page.Entries.Skip(1).Select(e => e.Position), page.Entries.SkipLast(1).Select(e => e.End));
        Assert.Equal(page.End, page.Entries[^1].End);
        Assert.Equal([page.Entries[^1]], page.Entries.Where(e => e.IsUnfinished));
        await using var follow = store.FollowAsync(OutputHome.Service, 0, default).GetAsyncEnumerator();
        foreach (var entry in page.Entries.SkipLast(1))
        {
            Assert.True(await follow.MoveNextAsync().AsTask().WaitAsync(OutputHome.Limit));
            Assert.Equal(entry, follow.Current);
        }
    }

    // The last line that is finished.
    private static long Last(OutputStore store) =>
        long.Parse(store.Read(OutputHome.Service, new LogQuery { Lines = 2 }).Entries.Last(entry => !entry.IsUnfinished).Text);

    private static async Task<byte[]> CopyAsync(OutputStore store, LogRange? range = null)
    {
        using var target = new MemoryStream();
        Assert.True(await store.CopyToAsync(OutputHome.Service, range ?? new LogRange(), target, default).WaitAsync(OutputHome.Limit));
        return target.ToArray();
    }

    /// <summary>Takes nothing before it is told to.</summary>
    private sealed class SlowStream : MemoryStream
    {
        private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _go = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Begun => _begun.Task;

        public void Go() => _go.SetResult();

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            _begun.TrySetResult();
            await _go.Task;
            await base.WriteAsync(buffer, cancellationToken);
        }
    }
}
