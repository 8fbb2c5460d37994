using Xunit;
using Ziggie.Dashboard.Model.Logs;
using Ziggie.Processes.Output;

namespace Ziggie.Dashboard.Tests.Logs;

public sealed class LineDrawingTests
{
    [Fact]
    public void A_match_over_a_change_of_colour_is_marked_in_both()
    {
        var line = Draw("an \x1b[31mer\x1b[32mror\x1b[0m here", "error");

        Assert.True(line.IsHit);
        Assert.Equal([["an "], ["er", "z-hit z-fg1"], ["ror", "z-hit z-fg2"], [" here"]], line.Parts);
    }

    [Fact]
    public void Colours_of_their_own_go_with_the_piece_and_inverse_turns_them_round()
    {
        Assert.Equal([["x", "z-fg", "#010203", null]], Draw("\x1b[38;2;1;2;3mx").Parts);
        Assert.Equal([["x", "z-fg z-bg1", "#010203", null]], Draw("\x1b[7;31;48;2;1;2;3mx").Parts);
        Assert.Equal([["x", "z-inverse"]], Draw("\x1b[7mx").Parts);
    }

    [Fact]
    public void A_long_line_is_cut_and_says_by_how_much()
    {
        var line = Draw(new string('a', 5_000) + "\x1b[1m" + new string('b', 995_000), "b");

        Assert.Equal(LineDrawing.Cut, line.Parts.Sum(part => part[0]!.Length));
        Assert.Equal(998_000, line.Hidden);
        Assert.True(line.IsHit);
    }

    [Fact]
    public void A_cut_does_not_part_a_pair()
    {
        var line = LineDrawing.Draw(Line("ab😀"), null, most: 3);
        Assert.Equal("ab", Assert.Single(line.Parts)[0]);
        Assert.Equal(2, line.Hidden);
    }

    [Fact]
    public void An_expression_marks_each_match()
    {
        Assert.Equal([["a"], ["12", "z-hit"], ["b"], ["3", "z-hit"]], Draw("a12b3", @"\d+", isRegex: true).Parts);
        // What matches nothing everywhere marks nothing, and every line is one.
        var line = Draw("abc", "x*", isRegex: true);
        Assert.True(line.IsHit);
        Assert.Equal([["abc"]], line.Parts);
    }

    private static MergedLine Line(string text) => new(new LinePlace(0, 10, 20, default), new LogEntry(10, null, text));

    private static DrawnLine Draw(string text, string? search = null, bool isRegex = false) =>
        LineDrawing.Draw(Line(text), search is null ? null : LinePattern.Of(search, isRegex));
}
