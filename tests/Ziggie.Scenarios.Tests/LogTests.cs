using System.Globalization;
using Xunit;
using Ziggie.Api.Tests.Support;
using Ziggie.Dummy;
using Ziggie.Processes.Output;
using Ziggie.Scenarios.Tests.Support;

namespace Ziggie.Scenarios.Tests;

/// <summary>Every line is kept, within limits, whatever happens to readers and files.</summary>
public sealed class LogTests : Scenario
{
    private string FolderOf(Service service) => Path.Combine(Home.Root, "logs", service.Name);

    [Fact]
    public async Task Two_hundred_thousand_lines_over_ten_rotations_are_each_there_once()
    {
        const int lines = 200_000;
        var daemon = await Home.StartAsync();
        var service = await daemon.DefineAsync(new
        {
            name = "counts",
            command = $"seq 1 {lines}; exec sleep 300",
            shell = true,
            logs = new { max_size = "100KB", max_files = 50, compress = true },
        });
        await service.StartAsync();
        await service.PrintedAsync(lines.ToString(CultureInfo.InvariantCulture));
        Assert.Equal(lines, (await daemon.Owner.GetAsync("/api/services/counts/logs?lines=1")).Ok().GetProperty("total_lines").GetInt64());
        Assert.True(Directory.GetFiles(FolderOf(service)).Count(IsSegment) > 10);
        await daemon.StopAsync();

        using var store = new OutputStore(Path.Combine(Home.Root, "run"), Path.Combine(Home.Root, "logs"), TimeProvider.System);
        Assert.Equal(
            Enumerable.Range(1, lines).Select(n => n.ToString(CultureInfo.InvariantCulture)),
            store.Read(service.Name, new LogQuery { Lines = int.MaxValue }).Entries.Select(entry => entry.Text));
    }

    [Fact]
    public async Task Files_and_size_are_capped_and_the_last_lines_stay()
    {
        var daemon = await Home.StartAsync();
        var service = await daemon.DefineAsync(
            new { name = "capped", command = "seq 1 200000; exec sleep 300", shell = true, logs = new { max_size = "64KB", max_files = 3, compress = false } });
        await service.StartAsync();
        await service.PrintedAsync("200000");
        await Wait.UntilAsync(() => Directory.GetFiles(FolderOf(service)).Where(IsSegment).ToList() is { Count: <= 3 } files
            && files.Sum(file => new FileInfo(file).Length) <= 3 * 64_000 + 64_000, "there are three files of a capped size");
        var last = await service.LinesAsync(1000);
        Assert.Equal(Enumerable.Range(199_001, 1000).Select(n => n.ToString(CultureInfo.InvariantCulture)), last);
    }

    [Fact]
    public async Task A_flood_with_a_reader_that_never_reads_leaves_memory_bounded_and_other_services_undisturbed()
    {
        const int megabytes = 300;
        var daemon = await Home.StartAsync();
        await using var absent = await WatchClient.ConnectLocalAsync(daemon);
        var other = await daemon.DefineAsync(new { name = "other", command = "sleep 300", ready = new { grace = "50ms" } });
        var flood = await daemon.DefineAsync(
            new { name = "flood", command = DummyProgram.Command("flood", $"{megabytes}", "say", "over", "hang"), logs = new { max_size = "5MB", max_files = 3, compress = false } });
        await other.StartAsync();
        var before = Proc.StatusOf(daemon.Pid, "VmRSS");
        await flood.StartAsync();
        var most = before;
        do
        {
            Assert.True(Proc.Lives(await other.RestartAsync()));
            most = Math.Max(most, Proc.StatusOf(daemon.Pid, "VmRSS"));
        }
        while ((await flood.LinesAsync(1)) is not ["over"]);
        Assert.True(most - before < 100_000, $"The daemon grew from {before} to {most} kB.");
        Assert.Equal("running", (await flood.StatusAsync()).Status());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_log_file_that_is_deleted_or_moved_from_outside_is_opened_again(bool isDeleted)
    {
        var daemon = await Home.StartAsync();
        var service = await daemon.DefineAsync(new { name = "moved", command = "n=0; while :; do n=$((n+1)); echo line $n; sleep 0.05; done", shell = true });
        var pid = await service.StartAsync();
        await service.PrintedAsync("line 5");

        foreach (var file in Directory.GetFiles(FolderOf(service)).Where(file => Path.GetFileName(file) != "current.log"))
        {
            if (isDeleted) File.Delete(file);
            else File.Move(file, Home.In(Path.GetFileName(file)));
        }

        var last = int.Parse((await service.LinesAsync(1)).LastOrDefault()?[5..] ?? "5", CultureInfo.InvariantCulture);
        await service.PrintedAsync($"line {last + 20}");
        Assert.Contains(Directory.GetFiles(FolderOf(service)), IsSegment);
        Assert.Equal(pid, await service.PidAsync());
    }

    private static bool IsSegment(string path) => Path.GetFileName(path) is not "current.log" && !path.EndsWith(".idx", StringComparison.Ordinal) && !path.EndsWith(".index", StringComparison.Ordinal);
}
