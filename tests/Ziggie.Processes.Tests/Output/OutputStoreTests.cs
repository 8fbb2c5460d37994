using System.Runtime.Versioning;
using System.Text;
using Xunit;
using Ziggie.Processes.Output;
using Ziggie.Processes.Output.Linux;

namespace Ziggie.Processes.Tests.Output;

[SupportedOSPlatform("linux")]
public sealed class OutputStoreTests : IDisposable
{
    private readonly OutputHome _home = new();

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task Lines_have_their_positions_and_times()
    {
        var store = _home.Start();
        var before = DateTimeOffset.UtcNow - TimeIndex.Resolution;
        var channel = store.Open(OutputHome.Service, new LogLimits());

        await _home.PrintAsync(channel, "one\ntwo\nthree\n");

        var page = store.Read(OutputHome.Service, new LogQuery());
        Assert.Equal([(0, "one"), (4, "two"), (8, "three")], page.Entries.Select(e => ((int)e.Position, e.Text)));
        Assert.All(page.Entries, entry => Assert.InRange(entry.Time!.Value, before, DateTimeOffset.UtcNow));
        Assert.Equal((3, 14, true), (page.TotalLines, page.End, page.Exists));
    }

    [Fact]
    public void A_service_that_never_printed_has_no_log()
    {
        var store = _home.Start();
        store.Open(OutputHome.Service, new LogLimits());

        Assert.False(store.Read(OutputHome.Service, new LogQuery()).Exists);
        Assert.False(store.Read("unknown", new LogQuery()).Exists);
    }

    [Fact]
    public void Opening_an_open_channel_gives_the_same_one()
    {
        var store = _home.Start();
        var first = store.Open(OutputHome.Service, new LogLimits());

        Assert.Same(first, store.Open(OutputHome.Service, new LogLimits { MaxFiles = 3 }));
        first.Dispose();
        Assert.NotSame(first, store.Open(OutputHome.Service, new LogLimits()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("..")]
    [InlineData("a/b")]
    [InlineData("Api")]
    [InlineData(".err")]
    [InlineData(".removed")]
    public void A_name_that_is_no_service_never_becomes_a_path(string name)
    {
        var store = _home.Start();

        Assert.Throws<ArgumentException>(() => store.Open(name, new LogLimits()));
        Assert.Throws<ArgumentException>(() => store.Read(name, new LogQuery()));
        Assert.Throws<ArgumentException>(() => store.Remove(name));
    }

    [Fact]
    public void The_fifo_and_the_folders_are_the_owners_alone()
    {
        var store = _home.Start();
        var channel = store.Open(OutputHome.Service, new LogLimits());

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(channel.Path));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(_home.ServiceFolder));
    }

    [Fact]
    public void A_file_in_the_place_of_the_fifo_is_said_and_kept()
    {
        var store = _home.Start();
        Directory.CreateDirectory(_home.RunFolder);
        var path = Path.Combine(_home.RunFolder, OutputHome.Service + ".out");
        File.WriteAllText(path, "mine");

        var error = Assert.Throws<IOException>(() => store.Open(OutputHome.Service, new LogLimits()));

        Assert.Contains(path, error.Message);
        Assert.Equal("mine", File.ReadAllText(path));
    }

    [Fact]
    public async Task What_is_printed_while_no_daemon_runs_is_taken_in_by_the_next()
    {
        var first = _home.Start();
        var channel = first.Open(OutputHome.Service, new LogLimits());
        await using var writer = _home.OpenWriter(channel);
        writer.Write("before\n"u8);
        await channel.DrainAsync(default).WaitAsync(OutputHome.Limit);
        first.Dispose();
        writer.Write("between\n"u8);

        var second = _home.Start();
        var next = second.Open(OutputHome.Service, new LogLimits());
        writer.Write("after\n"u8);
        await next.DrainAsync(default).WaitAsync(OutputHome.Limit);

        Assert.Equal(["before", "between", "after"], OutputHome.All(second));
    }

    [Fact]
    public async Task Whatever_a_program_prints_is_kept_as_it_came()
    {
        var store = _home.Start();
        var channel = store.Open(OutputHome.Service, new LogLimits());
        var large = new string('x', 1_000_000);
        byte[] hostile =
        [
            .. "\u001b[31mred\u001b[0m\r\n"u8, .. "a\0b\n"u8, 0xff, 0xfe, (byte)'\n', .. "50%\r100%\n"u8, .. "\n"u8, .. "\r\n"u8,
            .. Encoding.ASCII.GetBytes(large), (byte)'\n', .. "no end"u8,
        ];

        await _home.PrintAsync(channel, hostile);

        Assert.Equal(["\u001b[31mred\u001b[0m", "a\0b", "\uFFFD\uFFFD", "50%\r100%", "", "", large, "no end"], OutputHome.All(store));
        Assert.Equal(8, store.Read(OutputHome.Service, new LogQuery { Lines = 1 }).TotalLines);
        Assert.Equal(hostile, File.ReadAllBytes(_home.CurrentFile));

        await _home.PrintAsync(channel, " yet\n");

        Assert.Equal(["no end yet"], store.Read(OutputHome.Service, new LogQuery { Lines = 1 }).Entries.Select(e => e.Text));
        Assert.Equal(8, store.Read(OutputHome.Service, new LogQuery()).TotalLines);
    }

    [Fact]
    public void Closing_a_channel_takes_in_the_last_words()
    {
        var store = _home.Start();
        // Mostly the pump has no time for them before it hears that the channel closes.
        for (var i = 1; i <= 200; i++)
        {
            var channel = store.Open(OutputHome.Service, new LogLimits());
            using (var writer = new FileStream(channel.Path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0))
            {
                writer.Write(Encoding.ASCII.GetBytes($"{i}\n"));
                channel.Dispose();
            }
            Assert.True(channel.DrainAsync(default).IsCompleted);
            // What came too late for one channel would be the next one's.
            File.Delete(channel.Path);
        }

        Assert.Equal(OutputHome.Numbers(1, 200), OutputHome.All(store));
    }

    [Fact]
    public async Task A_flood_does_not_keep_other_services_waiting()
    {
        var store = _home.Start();
        var flood = store.Open("flood", new LogLimits { MaxSize = 1_000_000, MaxFiles = 2, Compress = false });
        var calm = store.Open("calm", new LogLimits());
        var shell = _home.Shell(flood, "exec yes");

        await OutputHome.EventuallyAsync(() => store.Read("flood", new LogQuery { Lines = 1 }).End > 5_000_000, "the flood flows");
        await _home.PrintAsync(calm, "calm\n");
        await flood.DrainAsync(default).WaitAsync(OutputHome.Limit);

        Assert.Equal(["calm"], OutputHome.All(store, "calm"));
        Assert.False(shell.HasExited);
        await OutputHome.EventuallyAsync(() => OutputHome.SizeOf(Path.Combine(_home.LogFolder, "flood")) < 5_000_000, "the flood is capped");
    }

    [Fact]
    public async Task Many_quiet_channels_without_a_writer_do_not_wake_the_pump()
    {
        var store = _home.Start();
        var channels = Enumerable.Range(0, 300).Select(i => store.Open($"service-{i}", new LogLimits())).ToList();
        // A writer that comes and goes leaves each FIFO hung up.
        foreach (var channel in channels) await _home.PrintAsync(channel, "hello\n");
        await OutputHome.EventuallyAsync(() => IsQuiet(store), "the pump rests");

        static bool IsQuiet(OutputStore store)
        {
            var way = (FifoWay)store.Way;
            var rounds = way.Rounds;
            Thread.Sleep(200);
            return way.Rounds == rounds;
        }
    }

    [Fact]
    public async Task Standard_error_can_have_a_log_of_its_own()
    {
        var store = _home.Start();
        var output = store.Open(OutputHome.Service, new LogLimits());
        var error = store.Open(OutputHome.Service + ".err", new LogLimits());

        await _home.PrintAsync(output, "fine\n");
        await _home.PrintAsync(error, "broken\n");

        Assert.Equal(["fine"], OutputHome.All(store));
        Assert.Equal(["broken"], OutputHome.All(store, OutputHome.Service + ".err"));
        Assert.True(Directory.Exists(Path.Combine(_home.ServiceFolder, "stderr")));
    }

    [Fact]
    public async Task A_removed_service_leaves_its_log_aside_and_a_new_one_starts_empty()
    {
        var store = _home.Start();
        for (var i = 0; i < 22; i++)
        {
            var channel = store.Open(OutputHome.Service, new LogLimits());
            await _home.PrintAsync(channel, $"life {i}\n");
            store.Remove(OutputHome.Service);

            Assert.False(File.Exists(channel.Path));
            Assert.False(store.Read(OutputHome.Service, new LogQuery()).Exists);
        }

        var removed = Directory.GetDirectories(Path.Combine(_home.LogFolder, ".removed")).Order().ToList();
        Assert.Equal(20, removed.Count);
        Assert.StartsWith("life 2", File.ReadAllText(Path.Combine(removed[0], "00000000000000000000.log")));
        store.Remove("unknown");
    }
}
