using System.Diagnostics;
using Xunit;
using Ziggie.Processes.Output;
using Ziggie.Processes.Tests.Output;

namespace Ziggie.Processes.Tests.Contract;

/// <summary>What others do to logs, and what full disks do, on whichever way output comes.</summary>
public abstract class TroubleContract(LauncherKind kind) : IDisposable
{
    private readonly OutputHome _home = new(kind: kind);

    public void Dispose()
    {
        GC.SuppressFinalize(this);
        _home.Dispose();
    }

    [Fact]
    public async Task A_deleted_log_file_is_made_again_where_it_was_in_the_log()
    {
        var (store, channel) = await OpenAsync();
        File.Delete(_home.CurrentFile);

        await _home.PrintAsync(channel, "after\n");

        Assert.Equal("after\n", File.ReadAllText(_home.CurrentFile));
        Assert.Equal([(7L, "after")], store.Read(OutputHome.Service, new LogQuery()).Entries.Select(e => (e.Position, e.Text)));
    }

    [Fact]
    public async Task A_moved_log_file_is_left_alone_and_a_new_one_made()
    {
        var (store, channel) = await OpenAsync();
        var moved = Path.Combine(_home.Folder, "moved");
        File.Move(_home.CurrentFile, moved);

        await _home.PrintAsync(channel, "after\n");

        Assert.Equal("before\n", File.ReadAllText(moved));
        Assert.Equal(["after"], OutputHome.All(store));
    }

    [Fact]
    public async Task A_deleted_or_moved_link_to_the_current_file_comes_back()
    {
        var (store, channel) = await OpenAsync();
        var link = Path.Combine(_home.ServiceFolder, "current.log");
        Assert.Equal("before\n", File.ReadAllText(link));
        File.Delete(link);

        await _home.PrintAsync(channel, "after\n");

        Assert.Equal("before\nafter\n", File.ReadAllText(link));
        Assert.Equal(["before", "after"], OutputHome.All(store));
    }

    [Fact]
    public async Task A_deleted_folder_is_made_again()
    {
        var (store, channel) = await OpenAsync();
        Directory.Delete(_home.ServiceFolder, recursive: true);

        await _home.PrintAsync(channel, "after\n");

        Assert.Equal(["after"], OutputHome.All(store));
    }

    [Fact]
    public async Task A_log_file_that_is_emptied_from_outside_gets_no_hole()
    {
        var (store, channel) = await OpenAsync();
        File.WriteAllText(_home.CurrentFile, "");

        await _home.PrintAsync(channel, "after\n");

        Assert.Equal([(7L, "after")], store.Read(OutputHome.Service, new LogQuery()).Entries.Select(e => (e.Position, e.Text)));
        Assert.Equal(1, store.Read(OutputHome.Service, new LogQuery()).TotalLines);
    }

    [Fact]
    public async Task What_others_append_is_part_of_the_log()
    {
        var (store, channel) = await OpenAsync();
        File.AppendAllText(_home.CurrentFile, "marker\n");

        await _home.PrintAsync(channel, "after\n");

        Assert.Equal(["before", "marker", "after"], OutputHome.All(store));
    }

    [Fact]
    public async Task A_follower_goes_on_over_a_deleted_file()
    {
        var (store, channel) = await OpenAsync();
        using var limit = new CancellationTokenSource(OutputHome.Limit);
        await using var lines = store.FollowAsync(OutputHome.Service, 7, limit.Token).GetAsyncEnumerator(limit.Token);
        var next = lines.MoveNextAsync();
        File.Delete(_home.CurrentFile);

        await _home.PrintAsync(channel, "after\n");

        Assert.True(await next);
        Assert.Equal((7L, "after"), (lines.Current.Position, lines.Current.Text));
    }

    [Fact]
    public async Task A_full_disk_stops_no_service_and_the_loss_is_counted_and_shown()
    {
        using var disk = new SmallDisk(pages: 16);
        using var home = new OutputHome(disk.Folder, kind);
        var store = home.Start();
        var channel = store.Open(OutputHome.Service, new LogLimits { Compress = false });
        await home.PrintAsync(channel, "before\n");

        // Much more than the disk and the pipe hold: the writer ends only because somebody takes it.
        Assert.Equal(ExitStatus.Exited(0), await home.RunAsync("seq 1 200000", channel));
        var lost = channel.LostBytes;
        Assert.True(lost > 1_000_000, $"{lost} bytes were lost");
        Assert.Contains(home.Reports, report => report.Contains("No space left"));

        disk.Resize(pages: 1000);
        await OutputHome.EventuallyAsync(() =>
        {
            home.PrintAsync(channel, "again\n").GetAwaiter().GetResult();
            return OutputHome.All(store).Contains("again");
        }, "the log goes on");

        var lines = OutputHome.All(store);
        Assert.Equal("before", lines[0]);
        Assert.Contains(lines, line => line.StartsWith($"[ziggie] {channel.LostBytes} bytes of output are missing here: No space left"));
        Assert.Equal("again", lines[^1]);
        var whole = lines.Skip(1).TakeWhile(line => !line.StartsWith("[ziggie]")).ToArray();
        Assert.Equal(OutputHome.Numbers(1, whole.Length - 1), whole[..^1]);
    }

    [Fact]
    public async Task A_log_that_cannot_be_made_stops_no_service_and_is_made_when_it_can_be()
    {
        var store = _home.Start();
        var channel = store.Open(OutputHome.Service, new LogLimits());
        Directory.Delete(_home.ServiceFolder);
        File.WriteAllText(_home.ServiceFolder, "in the way");

        await _home.PrintAsync(channel, "lost\n");
        Assert.Equal(5, channel.LostBytes);

        File.Delete(_home.ServiceFolder);
        await OutputHome.EventuallyAsync(() =>
        {
            _home.PrintAsync(channel, "again\n").GetAwaiter().GetResult();
            return OutputHome.All(store).Contains("again");
        }, "the log is made");
        Assert.StartsWith($"[ziggie] {channel.LostBytes} bytes of output are missing here", OutputHome.All(store)[0]);
    }

    private async Task<(OutputStore, IOutputChannel)> OpenAsync()
    {
        var store = _home.Start();
        var channel = store.Open(OutputHome.Service, new LogLimits());
        await _home.PrintAsync(channel, "before\n");
        return (store, channel);
    }

    /// <summary>A file system in memory of a few pages. Mounting it needs root.</summary>
    private sealed class SmallDisk : IDisposable
    {
        public SmallDisk(int pages) => Run("mount", "-t", "tmpfs", "-o", $"size={pages * 4096}", "tmpfs", Folder);

        public string Folder { get; } = Directory.CreateTempSubdirectory("ziggie-disk-").FullName;

        public void Resize(int pages) => Run("mount", "-o", $"remount,size={pages * 4096}", Folder);

        public void Dispose()
        {
            Run("umount", "-l", Folder);
            Directory.Delete(Folder);
        }

        private static void Run(string program, params string[] arguments)
        {
            using var process = Process.Start(program, arguments);
            Assert.True(process.WaitForExit(OutputHome.Limit), program);
            Assert.Equal(0, process.ExitCode);
        }
    }
}
