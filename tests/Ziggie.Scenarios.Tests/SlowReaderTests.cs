using System.Globalization;
using System.Text.Json;
using Xunit;
using Ziggie.Api.Tests.Support;
using Ziggie.Dummy;
using Ziggie.Scenarios.Tests.Support;

namespace Ziggie.Scenarios.Tests;

/// <summary>A service prints 50 MB in each second, and those who follow its log read slowly, or not at all.</summary>
public sealed class SlowReaderTests : Scenario
{
    private const int LineLength = 100;
    private const long Megabyte = 1_000_000;

    [Fact]
    public async Task Memory_stays_bounded_others_are_undisturbed_and_who_follows_is_told_what_was_missed()
    {
        var daemon = await Home.StartAsync();
        var token = (await daemon.AdminAsync()).Token;
        var pour = await daemon.DefineAsync(new
        {
            name = "pour",
            command = DummyProgram.Command("pour", "50"),
            ready = new { grace = "1ms" },
            logs = new { max_size = "5MB", max_files = 3, compress = false },
        });
        var calm = await daemon.DefineAsync(
            new { name = "calm", command = "i=0; while :; do echo line $i; i=$((i+1)); sleep 0.01; done", shell = true, ready = new { grace = "50ms" } });
        await pour.StartAsync();
        var calmPid = await calm.StartAsync();
        await PouredAsync(pour, 20); // so that those who follow have a line before their first gap

        var headers = ("Authorization", $"Bearer {token}");
        using var absent = await EventClient.ConnectAsync(daemon, "/api/services/pour/logs/stream?lines=1", headers);
        await using var absentSocket = await WatchClient.ConnectToAsync(daemon, "/api/services/pour/logs/ws", $"token={token}&lines=1");
        using var slow = await EventClient.ConnectAsync(daemon, "/api/services/pour/logs/stream?lines=1", headers);
        await using var slowSocket = await WatchClient.ConnectToAsync(daemon, "/api/services/pour/logs/ws", $"token={token}&lines=1");
        using var enough = new CancellationTokenSource();
        Task[] reading = [ReadSlowlyAsync(() => slow.NextAsync(), enough.Token), ReadSlowlyAsync(() => slowSocket.NextAsync(), enough.Token)];

        // By then all buffers between here and there are full.
        await PouredAsync(pour, 100);
        var before = Proc.StatusOf(daemon.Pid, "VmRSS");
        await PouredAsync(pour, 400);
        Assert.InRange(Proc.StatusOf(daemon.Pid, "VmRSS"), 0, before + 60_000);
        Assert.Equal(calmPid, await calm.PidAsync());
        var numbers = (await calm.PrintedAsync("line ", 50)).Select(n => int.Parse(n, CultureInfo.InvariantCulture)).ToList();
        Assert.Equal(Enumerable.Range(numbers[0], numbers.Count), numbers);
        await calm.RestartAsync();
        await pour.StopAsync();
        await enough.CancelAsync();
        await Task.WhenAll(reading);

        await CheckAsync(new Follower(), async follower =>
        {
            while (await absent.NextAsync() is { } next && !follower.Take(next.Type, next.Id, next.Data)) { }
        });
        await CheckAsync(new Follower(), async follower =>
        {
            while (await absentSocket.NextAsync() is { } message && !follower.Take(message)) { }
        });
    }

    private static async Task CheckAsync(Follower follower, Func<Follower, Task> read)
    {
        await read(follower);
        Assert.True(follower.Missed > 10 * Megabyte, $"{follower.Missed} bytes were said to be missing");
        Assert.True(follower.Lines > 1);
    }

    private static async Task ReadSlowlyAsync<T>(Func<Task<T>> next, CancellationToken enough)
    {
        while (!enough.IsCancellationRequested)
        {
            Assert.NotNull(await next());
            await Task.Delay(50, CancellationToken.None);
        }
    }

    private static async Task PouredAsync(Service pour, long megabytes)
    {
        // In steps, so that the limit of waiting is not one of speed.
        for (var step = 20; step <= megabytes; step += 20)
        {
            var enough = step * Megabyte / LineLength;
            await Wait.UntilAsync(async () => (await pour.LinesAsync(2)) is [var line, _] && Number(line) >= enough, $"{step} MB were poured");
        }
    }

    private static long Number(string line) => long.Parse(line[..line.IndexOf(' ', StringComparison.Ordinal)], CultureInfo.InvariantCulture);

    /// <summary>Reads on until the line behind a gap, and holds the daemon to its word: each line where it must be, each gap as long as it is said to be.</summary>
    private sealed class Follower
    {
        private long? _position;
        private bool _isBehindGap;

        public long Missed { get; private set; }

        public int Lines { get; private set; }

        public bool Take(JsonElement message) => message.ValueKind is JsonValueKind.Array
            ? message.EnumerateArray().Any(Take)
            : Take(message.Text("type")!, message.Text("id")!, message);

        public bool Take(string type, string id, JsonElement data)
        {
            if (type == "gap")
            {
                Assert.Equal("rotated", data.Text("reason"));
                var missed = data.GetProperty("missed_bytes").GetInt64();
                (Missed, _position, _isBehindGap) = (Missed + missed, _position + missed, true);
                return false;
            }
            Assert.Equal("line", type);
            var position = data.GetProperty("position").GetInt64();
            Assert.Equal(_position ?? position, position);
            Assert.Equal(position / LineLength + 1, Number(data.Text("text")!));
            _position = long.Parse(id, CultureInfo.InvariantCulture);
            Lines++;
            return _isBehindGap && Missed > 10 * Megabyte;
        }
    }
}
