using Ziggie.Processes.Output;

namespace Ziggie.Dashboard.Model.Logs;

/// <summary>Makes of a printed line what the browser shows.</summary>
public static class LineDrawing
{
    /// <summary>Characters of a line that are shown at first, and at most.</summary>
    public const int Cut = 2_000, Most = 1_000_000;

    private const int MostMarks = 500;

    /// <param name="line">What was printed.</param>
    /// <param name="pattern">What is marked in it.</param>
    /// <param name="most">Of a longer line so many characters.</param>
    public static DrawnLine Draw(MergedLine line, LinePattern? pattern, int most = Cut)
    {
        var pieces = AnsiText.Parse(line.Entry.Text);
        var whole = pieces.Sum(piece => piece.Text.Length);
        var shown = Math.Min(whole, most);
        // One of a pair of surrogates alone would be no text.
        var plain = pieces is [var only] ? only.Text : string.Concat(pieces.Select(piece => piece.Text));
        if (shown < whole && shown > 0 && char.IsHighSurrogate(plain[shown - 1])) shown--;
        var marks = pattern?.Find(plain, MostMarks) ?? [];
        List<string?[]> parts = [];
        var at = 0;
        foreach (var piece in pieces)
        {
            if (at >= shown) break;
            var end = Math.Min(at + piece.Text.Length, shown);
            foreach (var (from, to, isMarked) in Split(at, end, marks)) parts.Add(Part(piece.Text[(from - at)..(to - at)], piece.Style, isMarked));
            at = end;
        }
        return new DrawnLine(
            line.Place.Key, line.Place.Source, line.Entry.Time?.ToUnixTimeMilliseconds(), parts, whole - shown,
            marks.Count > 0 || pattern?.IsMatch(plain) == true);
    }

    private static IEnumerable<(int From, int To, bool IsMarked)> Split(int from, int to, IReadOnlyList<(int Start, int Length)> marks)
    {
        foreach (var (start, length) in marks)
        {
            if (start + length <= from) continue;
            if (start >= to) break;
            if (start > from) yield return (from, start, false);
            var end = Math.Min(start + length, to);
            yield return (Math.Max(from, start), end, true);
            from = end;
        }
        if (from < to) yield return (from, to, false);
    }

    private static string?[] Part(string text, AnsiStyle style, bool isMarked)
    {
        var (front, back) = style.IsInverse ? (style.Background, style.Foreground) : (style.Foreground, style.Background);
        List<string> classes = [];
        if (isMarked) classes.Add("z-hit");
        if (style.IsBold) classes.Add("z-bold");
        if (style.IsFaint) classes.Add("z-faint");
        if (style.IsItalic) classes.Add("z-italic");
        if (style.IsUnderlined) classes.Add("z-underline");
        if (style.IsStruck) classes.Add("z-struck");
        if (style.IsInverse && style.Foreground is null) classes.Add("z-inverse");
        if (front is { } color) classes.Add(color.Index >= 0 ? $"z-fg{color.Index}" : "z-fg");
        if (back is { } ground) classes.Add(ground.Index >= 0 ? $"z-bg{ground.Index}" : "z-bg");
        return (classes.Count, front?.Hex, back?.Hex) switch
        {
            (0, _, _) => [text],
            (_, null, null) => [text, string.Join(' ', classes)],
            var (_, hex, ground2) => [text, string.Join(' ', classes), hex, ground2],
        };
    }
}
