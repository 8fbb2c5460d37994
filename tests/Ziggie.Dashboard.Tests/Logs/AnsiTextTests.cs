using Xunit;
using Ziggie.Dashboard.Model.Logs;
using Ziggie.Processes.Output;

namespace Ziggie.Dashboard.Tests.Logs;

public sealed class AnsiTextTests
{
    [Theory]
    [InlineData("31", 1)]
    [InlineData("97", 15)]
    [InlineData("38;5;9", 9)]
    [InlineData("0;1;32", 2)]
    public void Colours_of_the_theme(string numbers, int index) =>
        Assert.Equal(AnsiColor.Of(index), Assert.Single(AnsiText.Parse($"\x1b[{numbers}mx")).Style.Foreground);

    [Theory]
    [InlineData("38;2;255;128;0", "#ff8000")]
    [InlineData("38:2::255:128:0", "#ff8000")]
    [InlineData("38;5;16", "#000000")]
    [InlineData("38;5;208", "#ff8700")]
    [InlineData("38;5;244", "#808080")]
    [InlineData("38;2;999;0;0", "#ff0000")]
    public void Colours_of_their_own(string numbers, string hex) =>
        Assert.Equal(hex, Assert.Single(AnsiText.Parse($"\x1b[{numbers}mx")).Style.Foreground?.Hex);

    [Fact]
    public void Styles_come_and_go()
    {
        var pieces = AnsiText.Parse("a\x1b[1;4mb\x1b[22mc\x1b[42md\x1b[me");

        Assert.Equal(["a", "b", "c", "d", "e"], pieces.Select(piece => piece.Text));
        Assert.Equal(new AnsiStyle { IsBold = true, IsUnderlined = true }, pieces[1].Style);
        Assert.Equal(new AnsiStyle { IsUnderlined = true }, pieces[2].Style);
        Assert.Equal(new AnsiStyle { IsUnderlined = true, Background = AnsiColor.Of(2) }, pieces[3].Style);
        Assert.Equal(default, pieces[4].Style);
    }

    [Theory]
    [InlineData("\x1b[2Ka\x1b[1;1Hb\x1b[?25l", "ab")]
    [InlineData("\x1b]0;title\ax\x1b]8;;http://a\x1b\\link\x1b]8;;\x1b\\", "xlink")]
    [InlineData("\x1b(Bx\x1b=y", "xy")]
    [InlineData("a\x1b[", "a")]
    [InlineData("a\x1b", "a")]
    [InlineData("\x1b[31", "")]
    [InlineData("\x1b]0;never ends", "0;never ends")]
    [InlineData("\x1b[38;5mx\x1b[38;2;1mx\x1b[99999999999mx", "xxx")]
    [InlineData("tab\tstays\a", "tab\tstays")]
    [InlineData("nul\0", "nul␀")]
    [InlineData("10 %\r50 %\r\x1b[K100 %", "100 %")]
    [InlineData("done\r", "done")]
    [InlineData("<b>&amp;</b>", "<b>&amp;</b>")]
    public void What_shows_is_what_is_searched(string line, string shown)
    {
        Assert.Equal(shown, string.Concat(AnsiText.Parse(line).Select(piece => piece.Text)));
        Assert.Equal(shown, TerminalText.Plain(line));
    }

    [Fact]
    public void Whatever_is_printed_both_agree()
    {
        var dice = new Random(7);
        const string Alphabet = "\x1b[]0123;:mKH\r\a\\(ab\t\0\x9bP";
        for (var i = 0; i < 20_000; i++)
        {
            var line = new string([.. Enumerable.Range(0, dice.Next(1, 24)).Select(_ => Alphabet[dice.Next(Alphabet.Length)])]);
            Assert.Equal(TerminalText.Plain(line), string.Concat(AnsiText.Parse(line).Select(piece => piece.Text)));
        }
    }
}
