using System.Text;
using Ziggie.Processes.Output;

namespace Ziggie.Dashboard.Model.Logs;

/// <summary>Takes a printed line apart: what of it shows, and in which style. Sequences other than those of style are left out.</summary>
public static class AnsiText
{
    /// <summary>The pieces; their texts together are <see cref="TerminalText.Plain"/> of the line.</summary>
    public static IReadOnlyList<StyledText> Parse(string line)
    {
        List<StyledText> pieces = [];
        var text = new StringBuilder();
        var style = default(AnsiStyle);
        var isAnew = false;
        for (var i = 0; i < line.Length;)
        {
            if (TerminalText.EscapeAt(line, i) is > 0 and var length)
            {
                var next = StyleAfter(style, line.AsSpan(i, length));
                if (next != style) End();
                style = next;
                i += length;
                continue;
            }
            var c = line[i++];
            if (c == '\r') isAnew = true;
            if (TerminalText.Visible(c) is not { } visible) continue;
            if (isAnew)
            {
                pieces.Clear();
                text.Clear();
                isAnew = false;
            }
            text.Append(visible);
        }
        End();
        return pieces;

        void End()
        {
            if (text.Length > 0) pieces.Add(new StyledText(text.ToString(), style));
            text.Clear();
        }
    }

    private static AnsiStyle StyleAfter(AnsiStyle style, ReadOnlySpan<char> sequence) =>
        sequence is ['\x1b', '[', .. var numbers, 'm'] && !numbers.ContainsAnyExcept("0123456789;:") ? style.After(numbers) : style;
}
