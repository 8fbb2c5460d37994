using Xunit;
using Ziggie.Processes.Output;

namespace Ziggie.Processes.Tests.Output;

public sealed class FollowTests : IDisposable
{
    private readonly OutputHome _home = new();
    private readonly CancellationTokenSource _limit = new(OutputHome.Limit);

    public void Dispose()
    {
        _limit.Dispose();
        _home.Dispose();
    }

    [Fact]
    public async Task Lines_come_as_they_are_finished()
    {
        var store = _home.Start();
        var channel = store.Open(OutputHome.Service, new LogLimits());
        await _home.PrintAsync(channel, "old\nunfin");
        await using var lines = Follow(store, store.Read(OutputHome.Service, new LogQuery()).Entries[1].Position);

        var next = lines.MoveNextAsync();
        await _home.PrintAsync(channel, "ished");
        Assert.False(next.IsCompleted);
        await _home.PrintAsync(channel, "\nnew\n");

        Assert.True(await next);
        Assert.Equal((4, "unfinished"), (lines.Current.Position, lines.Current.Text));
        Assert.NotNull(lines.Current.Time);
        Assert.Equal(["new"], await TakeAsync(lines, 1));
    }

    [Fact]
    public async Task A_follower_may_be_there_before_the_log()
    {
        var store = _home.Start();
        await using var lines = Follow(store, 0);
        var next = lines.MoveNextAsync();
        Assert.False(next.IsCompleted);

        await _home.PrintAsync(store.Open(OutputHome.Service, new LogLimits()), "first\n");

        Assert.True(await next);
        Assert.Equal("first", lines.Current.Text);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Rotation_is_not_seen_by_a_follower(bool compress)
    {
        var store = _home.Start();
        var channel = store.Open(OutputHome.Service, new LogLimits { MaxSize = 20_000, MaxFiles = 1000, Compress = compress });
        await using var lines = Follow(store, 0);
        _home.Shell(channel, "seq 1 100000");

        Assert.Equal(OutputHome.Numbers(1, 100_000), await TakeAsync(lines, 100_000));
        Assert.True(Directory.GetFiles(_home.ServiceFolder, "*.idx").Length > 10);

        // From the first byte again, through what is compressed by now, and from the middle.
        await using var again = Follow(store, 0);
        Assert.Equal(OutputHome.Numbers(1, 100_000), await TakeAsync(again, 100_000));
        var middle = store.Read(OutputHome.Service, new LogQuery { Lines = 50_000 }).Entries[0].Position;
        await using var half = Follow(store, middle);
        Assert.Equal(OutputHome.Numbers(50_001, 100_000), await TakeAsync(half, 50_000));
    }

    [Fact]
    public async Task A_slow_follower_holds_nobody_up_and_sees_what_it_missed_by_the_position()
    {
        var store = _home.Start();
        var channel = store.Open(OutputHome.Service, new LogLimits { MaxSize = 20_000, MaxFiles = 3, Compress = false });
        await using var lines = Follow(store, 0);
        await _home.PrintAsync(channel, "0\n");
        Assert.Equal(["0"], await TakeAsync(lines, 1));

        await _home.PrintAsync(channel, string.Concat(Enumerable.Range(1, 100_000).Select(n => $"{n}\n")));
        await _home.PrintAsync(channel, "end\n");

        var (position, missed) = (2L, 0L);
        do
        {
            Assert.True(await lines.MoveNextAsync());
            missed += lines.Current.Position - position;
            position = lines.Current.Position + lines.Current.Text.Length + 1;
        }
        while (lines.Current.Text != "end");
        Assert.True(missed > 0, "something was deleted before it was read");
        Assert.Equal(store.Read(OutputHome.Service, new LogQuery()).End, position);
    }

    [Fact]
    public async Task A_position_before_the_oldest_byte_starts_there_and_one_behind_the_end_waits_for_new_lines()
    {
        var store = _home.Start();
        var channel = store.Open(OutputHome.Service, new LogLimits { MaxSize = 5_000, MaxFiles = 2, Compress = false });
        await _home.PrintAsync(channel, string.Concat(Enumerable.Range(1, 10_000).Select(n => $"{n}\n")));
        await OutputHome.EventuallyAsync(() => Directory.GetFiles(_home.ServiceFolder, "*.idx").Length == 2, "old segments are gone");

        await using var early = Follow(store, 0);
        Assert.Equal([OutputHome.All(store)[0]], await TakeAsync(early, 1));

        await using var late = Follow(store, 1_000_000_000);
        var next = late.MoveNextAsync();
        await _home.PrintAsync(channel, "new\n");
        Assert.True(await next);
        Assert.Equal("new", late.Current.Text);
    }

    [Fact]
    public async Task Following_ends_when_it_is_cancelled_and_when_the_service_is_removed()
    {
        var store = _home.Start();
        await _home.PrintAsync(store.Open(OutputHome.Service, new LogLimits()), "only\n");
        using var cancelled = new CancellationTokenSource();
        await using var first = store.FollowAsync(OutputHome.Service, 5, cancelled.Token).GetAsyncEnumerator(cancelled.Token);
        var next = first.MoveNextAsync();
        cancelled.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await next);

        await using var second = Follow(store, 5);
        next = second.MoveNextAsync();
        store.Remove(OutputHome.Service);
        Assert.False(await next);
    }

    [Fact]
    public async Task A_line_that_the_writer_splits_comes_in_pieces()
    {
        var store = _home.Start();
        var channel = store.Open(OutputHome.Service, new LogLimits { MaxSize = 1_000_000, MaxFiles = 100 });
        await using var lines = Follow(store, 0);
        await _home.PrintAsync(channel, Enumerable.Repeat((byte)'x', 20_000_000).ToArray());
        await _home.PrintAsync(channel, "\n");

        Assert.Equal(20_000_000, (await TakeAsync(lines, 3)).Sum(text => text.Length));
    }

    private IAsyncEnumerator<LogEntry> Follow(OutputStore store, long position) =>
        store.FollowAsync(OutputHome.Service, position, _limit.Token).GetAsyncEnumerator(_limit.Token);

    private static async Task<List<string>> TakeAsync(IAsyncEnumerator<LogEntry> lines, int count)
    {
        List<string> texts = [];
        while (texts.Count < count && await lines.MoveNextAsync()) texts.Add(lines.Current.Text);
        return texts;
    }
}
