namespace Ziggie.Dashboard.Model.Logs;

/// <summary>How a piece of text looks, as SGR sequences say it.</summary>
public readonly record struct AnsiStyle
{
    public AnsiColor? Foreground { get; init; }

    public AnsiColor? Background { get; init; }

    public bool IsBold { get; init; }

    public bool IsFaint { get; init; }

    public bool IsItalic { get; init; }

    public bool IsUnderlined { get; init; }

    public bool IsInverse { get; init; }

    public bool IsStruck { get; init; }

    /// <summary>The style after the numbers of one sequence, such as <c>1;31</c> or <c>38;2;255;128;0</c>.</summary>
    public AnsiStyle After(ReadOnlySpan<char> numbers)
    {
        var codes = Read(numbers);
        var style = this;
        for (var i = 0; i < codes.Count; i++)
        {
            var code = codes[i];
            if (code is 38 or 48)
            {
                var color = ReadColor(codes, ref i);
                if (color is not null) style = code == 38 ? style with { Foreground = color } : style with { Background = color };
                continue;
            }
            style = style.After(code);
        }
        return style;
    }

    private AnsiStyle After(int code) => code switch
    {
        0 => default,
        1 => this with { IsBold = true },
        2 => this with { IsFaint = true },
        3 => this with { IsItalic = true },
        4 or 21 => this with { IsUnderlined = true },
        7 => this with { IsInverse = true },
        9 => this with { IsStruck = true },
        22 => this with { IsBold = false, IsFaint = false },
        23 => this with { IsItalic = false },
        24 => this with { IsUnderlined = false },
        27 => this with { IsInverse = false },
        29 => this with { IsStruck = false },
        >= 30 and <= 37 => this with { Foreground = AnsiColor.Of(code - 30) },
        39 => this with { Foreground = null },
        >= 40 and <= 47 => this with { Background = AnsiColor.Of(code - 40) },
        49 => this with { Background = null },
        >= 90 and <= 97 => this with { Foreground = AnsiColor.Of(code - 90 + 8) },
        >= 100 and <= 107 => this with { Background = AnsiColor.Of(code - 100 + 8) },
        _ => this,
    };

    private static AnsiColor? ReadColor(List<int> codes, ref int i)
    {
        switch (codes.ElementAtOrDefault(i + 1))
        {
            case 5 when i + 2 < codes.Count:
                i += 2;
                return AnsiColor.Of256(codes[i]);
            case 2 when i + 4 < codes.Count:
                i += 4;
                return AnsiColor.OfRgb(codes[i - 2], codes[i - 1], codes[i]);
            default:
                i = codes.Count;
                return null;
        }
    }

    /// <summary>The numbers; none written is 0. Colons part the numbers of a colour as semicolons do.</summary>
    private static List<int> Read(ReadOnlySpan<char> numbers)
    {
        List<int> codes = [];
        var isSub = numbers.Contains(':');
        foreach (var range in numbers.SplitAny(';', ':'))
        {
            var text = numbers[range];
            // "38:2::255:128:0" has an empty colour space.
            if (isSub && text.IsEmpty) continue;
            codes.Add(text.IsEmpty ? 0 : int.TryParse(text, out var code) ? code : -1);
        }
        return codes;
    }
}
