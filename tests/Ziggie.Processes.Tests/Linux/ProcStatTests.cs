using System.Text;
using Xunit;
using Ziggie.Processes.Linux;

namespace Ziggie.Processes.Tests.Linux;

public sealed class ProcStatTests
{
    private static string Line(string name) =>
        $"77 ({name}) Z 5 6 7 34816 -1 4194560 9 10 11 12 13 14 15 16 17 18 19 20 123456 " + string.Join(' ', Enumerable.Range(23, 29)) + " 1792\n";

    [Theory]
    [InlineData("sleep")]
    [InlineData("a b")]
    [InlineData("x) S 1 2 3 (")]
    [InlineData("))\n((")]
    [InlineData("")]
    public void A_line_is_read_whatever_the_name_holds(string name)
    {
        Assert.True(ProcStat.TryParse(Encoding.UTF8.GetBytes(Line(name)), out var stat));
        Assert.Equal(
            new ProcStat(77, 5, 6, 7, 123456, 'Z', false, 1792)
            {
                OwnTicks = 13 + 14,
                ChildTicks = 15 + 16,
                Threads = 19,
                ResidentPages = 24,
                DataEnd = 46,
                EnvironmentStart = 50,
                EnvironmentEnd = 51,
            },
            stat);
        Assert.True(stat.IsZombie);
    }

    [Theory]
    [InlineData(4194560, false)]
    [InlineData(4194560 | 4, true)]
    public void A_process_on_its_way_out_is_known_by_its_flags(long flags, bool isExiting)
    {
        var line = Line("sleep").Replace(" -1 4194560 ", $" -1 {flags} ", StringComparison.Ordinal);
        Assert.True(ProcStat.TryParse(Encoding.UTF8.GetBytes(line), out var stat));
        Assert.Equal(isExiting, stat.IsExiting);
    }

    [Theory]
    [InlineData("")]
    [InlineData("77")]
    [InlineData("77 (cut")]
    [InlineData("77 (cut) S")]
    [InlineData("77 (cut) S 1 2 3")]
    public void A_torn_line_is_refused(string line) => Assert.False(ProcStat.TryParse(Encoding.UTF8.GetBytes(line), out _));

    [Theory]
    [InlineData("A=1\0ZIGGIE_RUN_ID=abc\0B=2\0", "abc")]
    [InlineData("ZIGGIE_RUN_ID=abc", "abc")]
    [InlineData("X_ZIGGIE_RUN_ID=abc\0A=ZIGGIE_RUN_ID=abc\0", null)]
    [InlineData("ZIGGIE_RUN_ID=\0", "")]
    [InlineData("", null)]
    public void The_run_id_is_found_in_an_environment(string block, string? runId) =>
        Assert.Equal(runId, ProcFs.FindRunId(Encoding.UTF8.GetBytes(block)));
}
