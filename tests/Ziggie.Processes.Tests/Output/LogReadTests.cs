using CsCheck;
using Xunit;
using Ziggie.Processes.Output;

namespace Ziggie.Processes.Tests.Output;

public sealed class LogReadTests : IDisposable
{
    private readonly OutputHome _home = new();

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task The_last_lines_are_read_however_long_the_log_is()
    {
        var (store, channel) = Open();
        await _home.PrintAsync(channel, string.Concat(Enumerable.Range(1, 50_000).Select(n => $"{n}\n")));

        Assert.Equal(OutputHome.Numbers(49_901, 50_000), Texts(store, new LogQuery()));
        Assert.Equal(["50000"], Texts(store, new LogQuery { Lines = 1 }));
        Assert.Empty(Texts(store, new LogQuery { Lines = 0 }));
        Assert.Equal(50_000, store.Read(OutputHome.Service, new LogQuery()).TotalLines);
        Assert.Equal(OutputHome.Numbers(1, 50_000), Texts(store, new LogQuery { Lines = 60_000 }));
    }

    [Fact]
    public async Task The_count_of_lines_follows_a_growing_log()
    {
        var (store, channel) = Open();
        foreach (var (text, total) in new[] { ("a\nb", 2), ("b\n", 2), ("c", 3), ("\n\n", 4), ("d", 5) })
        {
            await _home.PrintAsync(channel, text);
            Assert.Equal(total, store.Read(OutputHome.Service, new LogQuery()).TotalLines);
        }
    }

    [Fact]
    public async Task Text_is_found_in_any_case_and_a_regular_expression_as_it_is_written()
    {
        var (store, channel) = Open();
        await _home.PrintAsync(channel, "Error: one\nfine\nerror: two\nERROR three\n");

        Assert.Equal(["Error: one", "error: two", "ERROR three"], Texts(store, new LogQuery { Grep = "eRRor" }));
        Assert.Equal(["ERROR three"], Texts(store, new LogQuery { Grep = "error", Lines = 1 }));
        Assert.Equal(["error: two"], Texts(store, new LogQuery { Grep = "^error: t", IsRegex = true }));
        Assert.Equal(["Error: one", "error: two"], Texts(store, new LogQuery { Grep = "(?i)ERROR:", IsRegex = true }));
        Assert.Empty(Texts(store, new LogQuery { Grep = "[", IsRegex = false }));
        Assert.Equal(4, store.Read(OutputHome.Service, new LogQuery { Grep = "nothing" }).TotalLines);
    }

    [Theory]
    [InlineData("[")]
    [InlineData("(?=a)b")]
    [InlineData(@"(a)\1")]
    public void A_malformed_or_backtracking_expression_is_refused(string expression)
    {
        var (store, _) = Open();

        Assert.ThrowsAny<ArgumentException>(() => store.Read(OutputHome.Service, new LogQuery { Grep = expression, IsRegex = true }));
    }

    [Fact]
    public async Task A_hostile_expression_ends()
    {
        var (store, channel) = Open();
        await _home.PrintAsync(channel, new string('a', 200_000) + "\n");

        var search = Task.Run(() => Texts(store, new LogQuery { Grep = "^(a+)+b$", IsRegex = true }));

        Assert.Empty(await search.WaitAsync(OutputHome.Limit));
    }

    [Fact]
    public void Reading_backwards_and_forwards_gives_the_same_lines_as_splitting()
    {
        var piece = Gen.Frequency(
            (6, Gen.Int[0, 40].Select(n => new string('x', n))), (1, Gen.Int[60_000, 140_000].Select(n => new string('y', n))), (4, Gen.Const("\n")));
        piece.Array[0, 60].Select(pieces => string.Concat(pieces)).Sample(text =>
        {
            var path = Path.Combine(_home.Folder, Guid.NewGuid().ToString("N"));
            File.WriteAllText(path, text);
            string[] expected = text.Length == 0 ? [] : (text.EndsWith('\n') ? text[..^1] : text).Split('\n');

            Assert.Equal(expected, Backwards(path));
            Assert.Equal(expected, Forwards(path));
        }, iter: 200);

        static IEnumerable<string> Backwards(string path)
        {
            using var file = LogFile.OpenForReading(path);
            var lines = new BackwardLines(file, new FileInfo(path).Length);
            List<string> texts = [];
            while (lines.TryTake(out _, out var line, out _)) texts.Add(LogText.Decode(line));
            return texts.AsEnumerable().Reverse();
        }

        static IEnumerable<string> Forwards(string path)
        {
            using var file = File.OpenRead(path);
            var lines = new LineSplitter(0);
            List<string> texts = [];
            for (var count = 1; count > 0;)
            {
                lines.Fill(count = file.Read(lines.Room()));
                while (lines.TryTake(out _, out var line)) texts.Add(LogText.Decode(line));
            }
            if (lines.TryTakeRest(out _, out var rest)) texts.Add(LogText.Decode(rest));
            return texts;
        }
    }

    private (OutputStore, IOutputChannel) Open()
    {
        var store = _home.Start();
        return (store, store.Open(OutputHome.Service, new LogLimits()));
    }

    private static string[] Texts(OutputStore store, LogQuery query) =>
        [.. store.Read(OutputHome.Service, query).Entries.Select(entry => entry.Text)];
}
