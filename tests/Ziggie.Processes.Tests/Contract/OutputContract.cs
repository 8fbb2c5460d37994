using System.Text;
using Xunit;
using Ziggie.Dummy;
using Ziggie.Processes.Output;
using Ziggie.Processes.Tests.Output;

namespace Ziggie.Processes.Tests.Contract;

/// <summary>What becomes of the output of a service, whichever launcher runs it.</summary>
public abstract class OutputContract(LauncherKind kind) : IDisposable
{
    protected OutputHome Home { get; } = new(kind: kind);

    public void Dispose()
    {
        GC.SuppressFinalize(this);
        Home.Dispose();
    }

    [Fact]
    public async Task Lines_over_many_rotations_are_there_once_each_and_whole()
    {
        var store = Home.Start();
        var channel = store.Open(OutputHome.Service, new LogLimits { MaxSize = 100_000, MaxFiles = 1000 });

        Assert.Equal(ExitStatus.Exited(3), await Home.RunAsync("seq 1 200000; exit 3", channel));

        Assert.Equal(OutputHome.Numbers(1, 200_000), OutputHome.All(store));
        await OutputHome.EventuallyAsync(() => Directory.GetFiles(Home.ServiceFolder, "0*.log").Length == 1, "closed segments are compressed");
        Assert.True(Directory.GetFiles(Home.ServiceFolder, "*.gz").Length > 5);
        store.Dispose();
        Assert.Equal(OutputHome.Numbers(1, 200_000), OutputHome.All(Home.Start()));
    }

    [Fact]
    public async Task Number_and_size_of_the_files_stay_within_their_limits()
    {
        var store = Home.Start();
        var channel = store.Open(OutputHome.Service, new LogLimits { MaxSize = 50_000, MaxFiles = 3, Compress = false });

        await Home.RunAsync("seq 1 100000", channel);

        await OutputHome.EventuallyAsync(() => OutputHome.SizeOf(Home.ServiceFolder) < 300_000, "the log is small");
        Assert.Equal("100000", OutputHome.All(store)[^1]);
    }

    [Fact]
    public async Task Whatever_a_program_prints_is_kept_byte_by_byte()
    {
        var store = Home.Start();
        var channel = store.Open(OutputHome.Service, new LogLimits());
        var script = string.Join(' ', DummyProgram.Command("nul", "invalid-utf8", "line", "1000000", "partial", "no end"));

        await Home.RunAsync(script.Replace("no end", "'no end'"), channel);

        var bytes = File.ReadAllBytes(Home.CurrentFile);
        Assert.Contains((byte)0, bytes);
        Assert.Contains((byte)0xFF, bytes);
        Assert.Equal("no end", Encoding.UTF8.GetString(bytes[^6..]));
        Assert.Contains(OutputHome.All(store), line => line.Length == 1_000_000);
    }

    [Fact]
    public async Task Standard_error_can_have_a_log_of_its_own()
    {
        var store = Home.Start();
        var output = store.Open(OutputHome.Service, new LogLimits());
        var errors = store.Open(ErrorLog.Of(OutputHome.Service), new LogLimits());

        await Home.RunAsync("echo fine; echo broken >&2", output, errors);

        Assert.Equal(["fine"], OutputHome.All(store));
        Assert.Equal(["broken"], OutputHome.All(store, ErrorLog.Of(OutputHome.Service)));
    }

    [Fact]
    public async Task Lines_have_positions_and_times_and_the_next_run_goes_on_behind_them()
    {
        var store = Home.Start();
        var before = DateTimeOffset.UtcNow - TimeIndex.Resolution;
        var channel = store.Open(OutputHome.Service, new LogLimits());
        await Home.RunAsync("echo one", channel);
        await Home.RunAsync("echo two", channel);
        store.Dispose();

        var next = Home.Start();
        await Home.RunAsync("echo three", next.Open(OutputHome.Service, new LogLimits()));

        var page = next.Read(OutputHome.Service, new LogQuery());
        Assert.Equal([(0, "one"), (4, "two"), (8, "three")], page.Entries.Select(e => ((int)e.Position, e.Text)));
        Assert.All(page.Entries, entry => Assert.InRange(entry.Time!.Value, before, DateTimeOffset.UtcNow));
    }

    [Fact]
    public async Task A_follower_hears_each_line_as_it_comes()
    {
        var store = Home.Start();
        var channel = store.Open(OutputHome.Service, new LogLimits());
        using var limit = new CancellationTokenSource(OutputHome.Limit);
        await using var lines = store.FollowAsync(OutputHome.Service, 0, limit.Token).GetAsyncEnumerator(limit.Token);
        var gate = Path.Combine(Home.Folder, "gate");

        var running = Home.RunAsync($"echo first; while [ ! -e {gate} ]; do sleep 0.01; done; echo second", channel);
        Assert.True(await lines.MoveNextAsync());
        Assert.Equal("first", lines.Current.Text);
        Assert.False(running.IsCompleted);
        await File.WriteAllTextAsync(gate, "", limit.Token);
        Assert.True(await lines.MoveNextAsync());
        Assert.Equal("second", lines.Current.Text);
        await running;
    }

    [Fact]
    public async Task The_folders_and_the_files_are_the_owners_alone()
    {
        var store = Home.Start();
        var channel = store.Open(OutputHome.Service, new LogLimits());
        await Home.PrintAsync(channel, "line\n");

        const UnixFileMode file = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        Assert.Equal(file | UnixFileMode.UserExecute, File.GetUnixFileMode(Home.ServiceFolder));
        Assert.All(Directory.GetFiles(Home.ServiceFolder, "0*"), path => Assert.Equal(file, File.GetUnixFileMode(path)));
    }

    [Fact]
    public async Task A_removed_service_leaves_its_log_aside_and_a_new_one_starts_empty()
    {
        var store = Home.Start();
        await Home.RunAsync("echo old", store.Open(OutputHome.Service, new LogLimits()));
        store.Remove(OutputHome.Service);

        await Home.RunAsync("echo new", store.Open(OutputHome.Service, new LogLimits()));

        Assert.Equal(["new"], OutputHome.All(store));
        Assert.Single(Directory.GetDirectories(Path.Combine(Home.LogFolder, ".removed")));
    }
}
