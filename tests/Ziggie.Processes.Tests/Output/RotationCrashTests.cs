using System.IO.Compression;
using Xunit;
using Ziggie.Processes.Output;

namespace Ziggie.Processes.Tests.Output;

/// <summary>The folder as a daemon leaves it that is killed between two steps of a rotation or a compression, and what the next one makes of it.</summary>
public sealed class RotationCrashTests : IDisposable
{
    private readonly OutputHome _home = new();

    public RotationCrashTests() => Directory.CreateDirectory(_home.ServiceFolder);

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task Killed_before_the_next_segment_has_its_name()
    {
        Write(0, ".log", "1\n2\nunfin");
        Index(0);
        Index(4);
        File.WriteAllText(Path.Combine(_home.ServiceFolder, "next.tmp"), "unf");

        await AssertGoesOnAsync("unfin", "ished", ["1", "2"]);

        Assert.False(File.Exists(PathOf(4, ".idx")));
        Assert.False(File.Exists(Path.Combine(_home.ServiceFolder, "next.tmp")));
    }

    [Fact]
    public async Task Killed_before_the_old_segment_was_cut()
    {
        Write(0, ".log", "1\n2\nunfin");
        Index(0);
        Write(4, ".log", "unfin");
        Index(4);

        await AssertGoesOnAsync("unfin", "ished", ["1", "2"]);

        await using var gzip = new GZipStream(File.OpenRead(PathOf(0, ".log.gz")), CompressionMode.Decompress);
        Assert.Equal("1\n2\n", await new StreamReader(gzip).ReadToEndAsync());
        Assert.Equal("unfinished\n", File.ReadAllText(PathOf(4, ".log")));
    }

    [Fact]
    public async Task Killed_before_the_old_segment_was_cut_which_stays_uncompressed()
    {
        Write(0, ".log", "1\n2\nunfin");
        Index(0);
        Write(4, ".log", "unfin");
        Index(4);

        var store = _home.Start();
        await _home.PrintAsync(store.Open(OutputHome.Service, new LogLimits { Compress = false }), "ished\n");

        Assert.Equal("1\n2\n", File.ReadAllText(PathOf(0, ".log")));
        Assert.Equal(["1", "2", "unfinished"], OutputHome.All(store));
    }

    [Fact]
    public async Task Killed_before_the_old_index_was_closed()
    {
        Write(0, ".log", "1\n2\n");
        Index(0);
        Write(4, ".log", "unfin");
        Index(4);

        await AssertGoesOnAsync("unfin", "ished", ["1", "2"]);
    }

    [Fact]
    public async Task Killed_while_a_segment_was_compressed()
    {
        Write(0, ".log", "1\n2\n");
        Index(0);
        Write(0, ".log.gz.tmp", "half");
        Write(4, ".log", "unfin");
        Index(4);

        await AssertGoesOnAsync("unfin", "ished", ["1", "2"]);
        await OutputHome.EventuallyAsync(() => Directory.GetFiles(_home.ServiceFolder, "*.tmp").Length == 0, "nothing temporary is left");
    }

    [Fact]
    public async Task Killed_before_the_compressed_segments_original_was_deleted()
    {
        Write(0, ".log", "1\n2\nunfin");
        Index(0);
        using (var gzip = new GZipStream(File.Create(PathOf(0, ".log.gz")), CompressionLevel.Fastest)) gzip.Write("1\n2\n"u8);
        Write(4, ".log", "unfin");
        Index(4);

        await AssertGoesOnAsync("unfin", "ished", ["1", "2"]);
    }

    [Fact]
    public async Task A_compressed_segment_without_index_is_read_and_counted()
    {
        using (var gzip = new GZipStream(File.Create(PathOf(0, ".log.gz")), CompressionLevel.Fastest)) gzip.Write("1\n2\n"u8);
        Write(4, ".log", "unfin");

        await AssertGoesOnAsync("unfin", "ished", ["1", "2"]);
    }

    [Fact]
    public async Task When_only_compressed_segments_are_left_the_log_goes_on_behind_them()
    {
        using (var gzip = new GZipStream(File.Create(PathOf(0, ".log.gz")), CompressionLevel.Fastest)) gzip.Write("1\n2\n"u8);

        await AssertGoesOnAsync(null, "3", ["1", "2"]);

        Assert.Equal("3\n", File.ReadAllText(PathOf(4, ".log")));
    }

    [Fact]
    public async Task A_damaged_compressed_segment_does_not_hide_the_rest()
    {
        File.WriteAllText(PathOf(0, ".log.gz"), "this is no gzip");
        Write(4, ".log", "unfin");

        await AssertGoesOnAsync("unfin", "ished", []);
    }

    /// <summary>The lines are right before the next daemon has written anything, and after it has, and once everything is compressed.</summary>
    private async Task AssertGoesOnAsync(string? unfinished, string rest, string[] finished)
    {
        var store = _home.Start();
        string[] before = unfinished is null ? finished : [.. finished, unfinished];
        Assert.Equal(before, OutputHome.All(store));
        Assert.Equal(before.Length, store.Read(OutputHome.Service, new LogQuery()).TotalLines);

        var channel = store.Open(OutputHome.Service, new LogLimits());
        await _home.PrintAsync(channel, rest + "\n");
        string[] after = [.. finished, unfinished + rest];
        Assert.Equal(after, OutputHome.All(store));

        await OutputHome.EventuallyAsync(() => !File.Exists(PathOf(0, ".log")) || Directory.GetFiles(_home.ServiceFolder, "0*.log").Length == 1, "closed segments are compressed");
        Assert.Equal(after, OutputHome.All(store));
        var page = store.Read(OutputHome.Service, new LogQuery());
        Assert.Equal(after.Length, page.TotalLines);
        Assert.Equal(4 + (unfinished + rest).Length + 1, page.End);
    }

    private void Write(long start, string end, string text) => File.WriteAllText(PathOf(start, end), text);

    private void Index(long start) => TimeIndex.Create(PathOf(start, ".idx"), start, [new(0, 1)]).Dispose();

    private string PathOf(long start, string end) => Segment.PathOf(_home.ServiceFolder, start, end);
}
