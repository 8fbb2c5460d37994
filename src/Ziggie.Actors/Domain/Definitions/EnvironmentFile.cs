using System.Collections.Immutable;
using System.Text;

namespace Ziggie.Actors.Domain.Definitions;

/// <summary>
/// Reads the text of a .env file: <c>KEY=value</c> or <c>export KEY=value</c> lines, blank lines and <c>#</c> comments.
/// A value in single quotes is taken as it stands; in double quotes <c>\n \r \t \" \\ \$</c> are escapes; both may span lines.
/// An unquoted one ends before <c> #</c>. Variables inside values are not expanded.
/// </summary>
public static class EnvironmentFile
{
    /// <summary>The entries in order, and what is wrong, each with its 1-based line.</summary>
    public static (ImmutableArray<KeyValuePair<string, string>> Entries, ImmutableArray<(int Line, string Message)> Errors) Parse(string text)
    {
        var entries = ImmutableArray.CreateBuilder<KeyValuePair<string, string>>();
        var errors = ImmutableArray.CreateBuilder<(int, string)>();
        var lines = text.TrimStart('\uFEFF').Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').Split('\n');
        for (var at = 0; at < lines.Length; at++)
        {
            var first = at;
            var line = lines[at].Trim();
            if (line.Length == 0 || line[0] == '#') continue;
            if (line.StartsWith("export ", StringComparison.Ordinal)) line = line[7..].TrimStart();
            var equals = line.IndexOf('=');
            var key = equals < 0 ? line : line[..equals].TrimEnd();
            if (equals < 0) errors.Add((first + 1, "Has no '='; write KEY=value."));
            else if (key.Length == 0 || key.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || c is '"' or '\''))
                errors.Add((first + 1, "Has no valid name before the '='; write KEY=value."));
            else if (text.Contains('\0') && line.Contains('\0')) errors.Add((first + 1, "Holds a NUL character, which no program can be given."));
            else if (ReadValue(lines, ref at, line[(equals + 1)..].TrimStart(), out var problem) is { } value) entries.Add(new(key, value));
            else errors.Add((first + 1, problem));
        }

        return (entries.ToImmutable(), errors.ToImmutable());
    }

    private static string? ReadValue(string[] lines, ref int at, string rest, out string problem)
    {
        problem = "";
        var quote = rest.Length > 0 && rest[0] is '"' or '\'' ? rest[0] : '\0';
        if (quote == '\0') return WithoutComment(rest);

        var value = new StringBuilder();
        var open = at;
        rest = rest[1..];
        while (true)
        {
            var end = TakeUntilQuote(rest, quote, value);
            if (end >= 0)
            {
                var after = rest[(end + 1)..].Trim();
                if (after.Length == 0 || after[0] == '#') return value.ToString();
                problem = "Has text after the closing quote; put the whole value into one pair of quotes.";
                return null;
            }

            if (++at >= lines.Length)
            {
                at = open; // So that the lines below are still looked at.
                problem = $"The quote ({quote}) is never closed.";
                return null;
            }

            value.Append('\n');
            rest = lines[at];
        }
    }

    private static int TakeUntilQuote(string text, char quote, StringBuilder value)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == quote) return i;
            var escapes = quote == '"' && text[i] == '\\' && i + 1 < text.Length;
            value.Append(!escapes ? text[i].ToString() : text[++i] switch
            {
                'n' => "\n",
                'r' => "\r",
                't' => "\t",
                '"' or '\\' or '$' => text[i].ToString(),
                _ => "\\" + text[i],
            });
        }

        return -1;
    }

    private static string WithoutComment(string text)
    {
        if (text.StartsWith('#')) return "";
        var comment = text.IndexOf(" #", StringComparison.Ordinal);
        return (comment < 0 ? text : text[..comment]).TrimEnd();
    }
}
