using CsCheck;
using Xunit;
using Ziggie.Actors.Domain.Definitions.Values;

namespace Ziggie.Actors.Tests.Definitions;

public class ValuesTests
{
    [Theory]
    [InlineData("250ms", 250)]
    [InlineData("1s", 1_000)]
    [InlineData("0", 0)]
    [InlineData("90", 90_000)]
    [InlineData("1.5", 1_500)]
    [InlineData("1.5s", 1_500)]
    [InlineData("0.25m", 15_000)]
    [InlineData("1h30m", 5_400_000)]
    [InlineData("1d1h1m1s1ms", 90_061_001)]
    public void A_duration_is_read(string text, long ms)
    {
        Assert.True(DurationText.TryParse(text, out var value));
        Assert.Equal(ms, value.TotalMilliseconds);
    }

    [Theory]
    [InlineData("")]
    [InlineData("s")]
    [InlineData("1x")]
    [InlineData("1S")]
    [InlineData("1m1h")]
    [InlineData("1s1s")]
    [InlineData("1m30")]
    [InlineData("-1s")]
    [InlineData("1 s")]
    [InlineData("0.5ms")]
    [InlineData(".5s")]
    [InlineData("1.s")]
    [InlineData("1e3")]
    [InlineData("10001d")]
    [InlineData("99999999999999999999s")]
    public void What_is_no_duration_is_refused(string text) => Assert.False(DurationText.TryParse(text, out _));

    [Fact]
    public void A_duration_is_written_in_one_way_and_read_back()
    {
        Assert.Equal(["0s", "250ms", "1m30s", "1h", "30d"], new long[] { 0, 250, 90_000, 3_600_000, 2_592_000_000 }.Select(ms => DurationText.Format(TimeSpan.FromMilliseconds(ms))));
        Gen.Long[0, 864_000_000_000].Sample(ms => DurationText.TryParse(DurationText.Format(TimeSpan.FromMilliseconds(ms)), out var back) && back.TotalMilliseconds == ms);
    }

    [Theory]
    [InlineData("0", 0)]
    [InlineData("123", 123)]
    [InlineData("123B", 123)]
    [InlineData("10MB", 10_000_000)]
    [InlineData("10mb", 10_000_000)]
    [InlineData("10 MB", 10_000_000)]
    [InlineData("512MiB", 536_870_912)]
    [InlineData("64k", 64_000)]
    [InlineData("64Ki", 65_536)]
    [InlineData("1.5GB", 1_500_000_000)]
    [InlineData("9223372036854775807", long.MaxValue)]
    public void A_size_is_read(string text, long bytes)
    {
        Assert.True(SizeText.TryParse(text, out var value));
        Assert.Equal(bytes, value);
    }

    [Theory]
    [InlineData("")]
    [InlineData("MB")]
    [InlineData("10XB")]
    [InlineData("-1")]
    [InlineData("1.5B")]
    [InlineData("1..5MB")]
    [InlineData("10  MB")]
    [InlineData("9223372036854775808")]
    [InlineData("9999999999TB")]
    public void What_is_no_size_is_refused(string text) => Assert.False(SizeText.TryParse(text, out _));

    [Fact]
    public void A_size_is_written_exactly_and_read_back()
    {
        Assert.Equal(["0B", "10MB", "10000001B", "4KiB", "512MiB", "1GB"], new[] { 0, 10_000_000, 10_000_001, 4_096, 536_870_912, 1_000_000_000 }.Select(b => SizeText.Format(b)));
        Gen.Long[0, long.MaxValue].Sample(bytes => SizeText.TryParse(SizeText.Format(bytes), out var back) && back == bytes);
    }

    [Theory]
    [InlineData("a  b\tc\nd", "a|b|c|d")]
    [InlineData("a 'b c' \"d e\" f\\ g", "a|b c|d e|f g")]
    [InlineData("a'b'\"c\"d", "abcd")]
    [InlineData("a '' \"\"", "a||")]
    [InlineData("\"a\\\"b\\\\c\\n\"", "a\"b\\c\\n")]
    [InlineData("'a\\'", "a\\")]
    [InlineData("a \\\n b", "a|b")]
    [InlineData("*.txt ~ $HOME #x", "*.txt|~|$HOME|#x")]
    [InlineData("${A} ${B:-c d}/e \"${F:-g h}\"", "${A}|${B:-c d}/e|${F:-g h}")]
    [InlineData("'${A}' \\${B} \"\\${C}\" $$D", "$${A}|$${B}|$${C}|$$D")]
    [InlineData("a '&&' b", "a|&&|b")]
    [InlineData("   ", null)]
    public void A_command_line_is_split_as_a_shell_would(string text, string? words)
    {
        Assert.True(ShellWords.TrySplit(text, out var split, out var error), error);
        Assert.Equal(words?.Split('|') ?? [], split);
    }

    [Theory]
    [InlineData("a && b", "&&")]
    [InlineData("a&&b", "&&")]
    [InlineData("a >file", ">")]
    [InlineData("a>>file", ">>")]
    [InlineData("a <in", "<")]
    [InlineData("a 2>/dev/null", ">")]
    [InlineData("a 2>&1", ">&")]
    [InlineData("a|b", "|")]
    [InlineData("a;b", ";")]
    [InlineData("a &", "&")]
    [InlineData("(a)", "(")]
    [InlineData("a `b`", "`")]
    [InlineData("a $(b)", "$(")]
    [InlineData("a http://host/?x=1&y=2", "&")]
    public void What_a_shell_would_act_upon_is_refused_wherever_it_stands(string text, string sign)
    {
        Assert.False(ShellWords.TrySplit(text, out _, out var error));
        Assert.StartsWith($"'{sign}' means something to a shell only", error);
    }

    [Theory]
    [InlineData("a 'x;y' \"p&&q\" \\> \\(", "a,x;y,p&&q,>,(")]
    [InlineData("a ${X:-b;c}", "a,${X:-b;c}")]
    [InlineData("a http://host/?x=1 {} * # ! [", "a,http://host/?x=1,{},*,#,!,[")]
    public void What_is_quoted_or_means_nothing_to_a_shell_stays(string text, string words)
    {
        Assert.True(ShellWords.TrySplit(text, out var split, out var error), error);
        Assert.Equal(words.Split(','), split);
    }

    [Fact]
    public void Joined_words_are_split_into_the_same_words() => Gen.String[Gen.Char["ab '\"\\*&|\t\n#"], 0, 8].Array[1, 5].Sample(words =>
    {
        Assert.True(ShellWords.TrySplit(ShellWords.Join(words), out var split, out var error), error);
        Assert.Equal(words, split);
    });

    [Theory]
    [InlineData("200", 200, 200)]
    [InlineData("200-299", 200, 299)]
    [InlineData("200 - 204", 200, 204)]
    public void A_status_range_is_read(string text, int from, int to)
    {
        Assert.True(StatusText.TryParse(text, out var a, out var b));
        Assert.Equal((from, to), (a, b));
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("200-")]
    [InlineData("299-200")]
    [InlineData("99")]
    [InlineData("600")]
    [InlineData("+200")]
    [InlineData("2xx")]
    public void What_is_no_status_is_refused(string text) => Assert.False(StatusText.TryParse(text, out _, out _));

    [Theory]
    [InlineData("0 3 * * *", true)]
    [InlineData("*/5 * * * * *", true)]
    [InlineData("@daily", true)]
    [InlineData("0 3 * *", false)]
    [InlineData("61 * * * *", false)]
    [InlineData("H H * * *", false)]
    [InlineData("", false)]
    public void Cron_expressions_have_five_or_six_fields(string text, bool valid) => Assert.Equal(valid, CronText.TryParse(text, out _));

    [Fact]
    public void A_pattern_cannot_run_for_long()
    {
        Assert.True(LogPattern.TryCompile("^(a+)+$", out var linear, out _));
        Assert.DoesNotMatch(linear, new string('a', 5_000) + "b");
        Assert.True(LogPattern.TryCompile("(a)\\1", out var backtracking, out _));
        Assert.True(backtracking.MatchTimeout < TimeSpan.FromSeconds(1));
        Assert.False(LogPattern.TryCompile("(", out _, out var error));
        Assert.NotNull(error);
    }
}
