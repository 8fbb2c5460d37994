using System.Collections.Immutable;
using System.Text;

namespace Ziggie.Actors.Domain.Definitions.Values;

/// <summary>
/// Splits a command line by the quoting rules of a POSIX shell, without a shell: no globbing, no pipes.
/// <c>${VAR}</c> stays in its word, to be expanded at each start; a dollar that is quoted away (<c>'$'</c>, <c>\$</c>) becomes
/// <c>$$</c>, which expands to a plain dollar.
/// </summary>
public static class ShellWords
{
    private const string Operators = "&|<>;()`";

    /// <param name="text">The command line.</param>
    /// <param name="words">The words; empty when there are none.</param>
    /// <param name="error">A sentence, when the text cannot be split.</param>
    public static bool TrySplit(string text, out ImmutableArray<string> words, out string? error)
    {
        var found = ImmutableArray.CreateBuilder<string>();
        var word = new StringBuilder();
        var inWord = false;
        words = [];
        error = null;

        for (var i = 0; i <= text.Length; i++)
        {
            var c = i < text.Length ? text[i] : ' ';
            if (c is ' ' or '\t' or '\n' or '\r')
            {
                if (inWord) found.Add(word.ToString());
                word.Clear();
                inWord = false;
                continue;
            }

            if (c == '\\' && i + 1 < text.Length && text[i + 1] == '\n')
            {
                i++;
                continue;
            }

            inWord = true;
            error = c switch
            {
                _ when Operators.Contains(c) => RefuseOperator(text, i),
                '\'' => TakeSingleQuoted(text, ref i, word),
                '"' => TakeDoubleQuoted(text, ref i, word),
                '\\' => TakeEscape(text, ref i, word),
                _ => TakePlain(text, ref i, word),
            };
            if (error is not null) return false;
        }

        words = found.ToImmutable();
        return true;
    }

    /// <summary>One line that a person can read and a shell would split into the same words.</summary>
    public static string Join(IEnumerable<string> words) => string.Join(' ', words.Select(Quote));

    private static string Quote(string word) =>
        word.Length > 0 && word.All(c => char.IsAsciiLetterOrDigit(c) || "_-./:=@%+,${}".Contains(c))
            ? word
            : "'" + word.Replace("'", "'\\''") + "'";

    /// <summary>To a shell they end a word wherever they stand; here they would reach the program as a part of one.</summary>
    private static string RefuseOperator(string text, int start)
    {
        var rest = text.AsSpan(start);
        var length = text[start] is '(' or ')' or '`' ? 1 : rest.IndexOfAnyExcept("&|<>;");
        var begin = text[start] == '(' && start > 0 && text[start - 1] == '$' ? start - 1 : start;
        var sign = text[begin..(length < 0 ? text.Length : start + length)];
        return $"'{sign}' means something to a shell only: set 'shell: true' to run the command in one, or put the word in quotes.";
    }

    private static string? TakeSingleQuoted(string text, ref int i, StringBuilder word)
    {
        var end = text.IndexOf('\'', i + 1);
        if (end < 0) return "A single quote (') is never closed.";
        word.Append(text[(i + 1)..end].Replace("$", "$$"));
        i = end;
        return null;
    }

    private static string? TakeDoubleQuoted(string text, ref int i, StringBuilder word)
    {
        for (i++; i < text.Length && text[i] != '"'; i++)
        {
            if (text[i] == '\\' && i + 1 < text.Length && text[i + 1] is '"' or '\\' or '$' or '`' or '\n')
            {
                i++;
                if (text[i] != '\n') word.Append(text[i] == '$' ? "$$" : text[i]);
            }
            else if (TakePlain(text, ref i, word) is { } error)
            {
                return error;
            }
        }

        return i < text.Length ? null : "A double quote (\") is never closed.";
    }

    private static string? TakeEscape(string text, ref int i, StringBuilder word)
    {
        if (++i >= text.Length) return "The command ends in a backslash (\\) that escapes nothing.";
        word.Append(text[i] == '$' ? "$$" : text[i]);
        return null;
    }

    private static string? TakePlain(string text, ref int i, StringBuilder word)
    {
        if (text[i] == '$' && i + 1 < text.Length && text[i + 1] == '$')
        {
            word.Append("$$");
            i++;
            return null;
        }

        if (text[i] != '$' || i + 1 >= text.Length || text[i + 1] != '{')
        {
            word.Append(text[i]);
            return null;
        }

        var depth = 0;
        for (; i < text.Length; i++)
        {
            word.Append(text[i]);
            if (text[i] == '{' && text[i - 1] == '$') depth++;
            if (text[i] == '}' && --depth == 0) return null;
        }

        return "A '${' is never closed by '}'.";
    }
}
