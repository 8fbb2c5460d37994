using System.Buffers;
using System.Text;

namespace Ziggie.Processes.Output;

/// <summary>What of a printed line a terminal would show.</summary>
public static class TerminalText
{
    private const char Escape = '\x1b', Bell = '\a', Terminator = '\x9c';

    private static readonly SearchValues<char> Control =
        SearchValues.Create([.. Enumerable.Range(0, 0xa0).Select(code => (char)code).Where(c => char.IsControl(c) && c != '\t')]);

    /// <summary>
    /// The text without escape sequences and bells. After a carriage return the line is written anew, so only what came last stays;
    /// other control characters become their pictures (NUL is ␀).
    /// </summary>
    public static string Plain(string text)
    {
        if (IsPlain(text)) return text;
        var plain = new StringBuilder(text.Length);
        var isAnew = false;
        for (var i = 0; i < text.Length;)
        {
            if (EscapeAt(text, i) is > 0 and var length)
            {
                i += length;
                continue;
            }
            var c = text[i++];
            if (c == '\r') isAnew = true;
            if (Visible(c) is not { } visible) continue;
            if (isAnew) plain.Clear();
            isAnew = false;
            plain.Append(visible);
        }
        return plain.ToString();
    }

    /// <summary>Whether a terminal shows it as it is.</summary>
    public static bool IsPlain(ReadOnlySpan<char> text) => !text.ContainsAny(Control);

    /// <summary>The character that stands for it; null when it shows nothing.</summary>
    public static char? Visible(char c) => c switch
    {
        '\t' => c,
        '\r' or '\n' or '\b' or Bell => null,
        < ' ' => (char)(0x2400 + c),
        '\x7f' => '\x2421',
        > '\x7f' and <= '\x9f' => null,
        _ => c,
    };

    /// <summary>Length of the escape sequence that begins at an index; 0 when none does.</summary>
    public static int EscapeAt(ReadOnlySpan<char> text, int index)
    {
        if (text[index] != Escape) return 0;
        var rest = text[(index + 1)..];
        if (rest.IsEmpty) return 1;
        return rest[0] switch
        {
            '[' => 2 + Parameters(rest[1..]),
            ']' or 'P' or 'X' or '^' or '_' => 2 + String(rest[1..]),
            >= ' ' and <= '/' => 1 + Intermediate(rest),
            >= '0' and <= '~' => 2,
            _ => 1,
        };
    }

    /// <summary>Parameters, intermediates and one final character; a sequence that breaks off ends before what does not belong to it.</summary>
    private static int Parameters(ReadOnlySpan<char> rest)
    {
        var i = 0;
        while (i < rest.Length && rest[i] is >= '0' and <= '?') i++;
        while (i < rest.Length && rest[i] is >= ' ' and <= '/') i++;
        return i < rest.Length && rest[i] is >= '@' and <= '~' ? i + 1 : i;
    }

    /// <summary>To the bell or the string terminator; one that never ends swallows nothing.</summary>
    private static int String(ReadOnlySpan<char> rest)
    {
        var end = rest.IndexOfAny(Bell, Escape, Terminator);
        if (end < 0) return 0;
        return rest[end] == Escape ? end + (end + 1 < rest.Length && rest[end + 1] == '\\' ? 2 : 0) : end + 1;
    }

    private static int Intermediate(ReadOnlySpan<char> rest)
    {
        var i = 0;
        while (i < rest.Length && rest[i] is >= ' ' and <= '/') i++;
        return i < rest.Length && rest[i] is >= '0' and <= '~' ? i + 1 : i;
    }
}
