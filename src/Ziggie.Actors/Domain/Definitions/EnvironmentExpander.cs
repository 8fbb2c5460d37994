using System.Collections.Immutable;
using System.Text;

namespace Ziggie.Actors.Domain.Definitions;

/// <summary>
/// Expands <c>${VAR}</c> and <c>${VAR:-default}</c>; <c>$$</c> is a plain dollar, and so is one before anything else.
/// The default stands for a variable that is unset or empty, as in a shell, and may hold variables itself.
/// </summary>
public static class EnvironmentExpander
{
    private const int DeepestNesting = 20;

    /// <param name="text">The text.</param>
    /// <param name="lookup">A variable's value, or null when it is not set.</param>
    public static Expansion Expand(string text, Func<string, string?> lookup)
    {
        if (!text.Contains('$')) return new Expansion(text, [], null);
        var missing = ImmutableArray.CreateBuilder<string>();
        var result = new StringBuilder();
        var error = Expand(text, lookup, result, missing, 0);
        return new Expansion(result.ToString(), missing.ToImmutable(), error);
    }

    /// <summary>What is wrong with a text whatever the variables hold; null when nothing is.</summary>
    public static string? FindSyntaxError(string text) => Expand(text, _ => "").Error;

    private static string? Expand(
        string text, Func<string, string?> lookup, StringBuilder result, ImmutableArray<string>.Builder missing, int depth)
    {
        if (depth > DeepestNesting) return $"Variables stand inside each other deeper than {DeepestNesting} levels.";
        for (var i = 0; i < text.Length; i++)
        {
            var next = text[i] == '$' && i + 1 < text.Length ? text[i + 1] : '\0';
            if (next == '$') i++;
            if (next != '{')
            {
                result.Append(text[i]);
                continue;
            }

            var end = FindEnd(text, i + 1);
            if (end < 0) return "A '${' is never closed by '}'; write $$ for a plain dollar.";
            if (ExpandOne(text[(i + 2)..end], lookup, result, missing, depth) is { } error) return error;
            i = end;
        }

        return null;
    }

    private static string? ExpandOne(
        string inner, Func<string, string?> lookup, StringBuilder result, ImmutableArray<string>.Builder missing, int depth)
    {
        var nameEnd = 0;
        while (nameEnd < inner.Length && (char.IsAsciiLetterOrDigit(inner[nameEnd]) || inner[nameEnd] == '_')) nameEnd++;
        var name = inner[..nameEnd];
        var rest = inner[nameEnd..];
        var hasDefault = rest.StartsWith(":-", StringComparison.Ordinal);
        if (name.Length > 0 && !char.IsAsciiDigit(name[0]) && IsOtherForm(rest))
            return $"Of a shell's forms only ${{VAR}} and ${{VAR:-default}} are known here, not ${{VAR{(rest[0] == ':' ? rest[..2] : rest[..1])}…}}; write $$ for a plain dollar.";
        if (name.Length == 0 || char.IsAsciiDigit(name[0]) || (rest.Length > 0 && !hasDefault))
            return "A '${…}' holds no name of a variable; write ${VAR} or ${VAR:-default}, and $$ for a plain dollar.";

        var value = lookup(name);
        if (hasDefault && string.IsNullOrEmpty(value)) return Expand(rest[2..], lookup, result, missing, depth + 1);
        if (value is null && !missing.Contains(name)) missing.Add(name);
        result.Append(value);
        return null;
    }

    private static bool IsOtherForm(string rest) => rest is ['-' or '=' or '?' or '+' or '#' or '%' or '/' or '^' or ',' or '@', ..] or [':', '=' or '?' or '+', ..];

    /// <summary>The brace that closes the one at <paramref name="open"/>; those of nested variables are passed over.</summary>
    private static int FindEnd(string text, int open)
    {
        var depth = 0;
        for (var i = open; i < text.Length; i++)
        {
            if (text[i] == '{' && text[i - 1] == '$') depth++;
            if (text[i] == '}' && --depth == 0) return i;
        }

        return -1;
    }
}
