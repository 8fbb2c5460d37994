using System.Buffers;
using System.Text.RegularExpressions;

namespace Ziggie.Processes.Output;

/// <summary>What a line must hold: a text in any case, or a regular expression that is linear in the length of the line.</summary>
public sealed class LinePattern
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);

    private readonly string? _text;
    private readonly SearchValues<string>? _anyCase;
    private readonly Regex? _regex;

    private LinePattern(string text) => (_text, _anyCase) = (text, SearchValues.Create([text], StringComparison.OrdinalIgnoreCase));

    private LinePattern(Regex regex) => _regex = regex;

    /// <exception cref="ArgumentException">The regular expression is malformed, or needs backtracking; the message says which.</exception>
    public static LinePattern Of(string text, bool isRegex)
    {
        if (!isRegex) return new(text);
        try
        {
            // With backtracking, one expression could hold up the daemon for ever.
            return new(new Regex(text, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, Limit));
        }
        catch (NotSupportedException e)
        {
            throw new ArgumentException(e.Message.Contains("automata", StringComparison.Ordinal)
                ? "The regular expression is too large: repetitions of repetitions, such as (a{100}){100}, multiply."
                : @"Backreferences, lookarounds, conditions, atomic groups and \G are not supported in a search of logs.", e);
        }
    }

    /// <exception cref="ArgumentException">The regular expression takes too long.</exception>
    public bool IsMatch(ReadOnlySpan<char> line)
    {
        if (_anyCase is not null) return line.ContainsAny(_anyCase);
        try
        {
            return _regex!.IsMatch(line);
        }
        catch (RegexMatchTimeoutException e)
        {
            throw new ArgumentException("The regular expression takes too long.", e);
        }
    }

    /// <summary>Where the matches are, in their order; those without a character are left out.</summary>
    /// <exception cref="ArgumentException">The regular expression takes too long.</exception>
    public IReadOnlyList<(int Start, int Length)> Find(string line, int most)
    {
        List<(int, int)> found = [];
        if (_text is { Length: > 0 })
        {
            for (var at = 0; found.Count < most && (at = line.IndexOf(_text, at, StringComparison.OrdinalIgnoreCase)) >= 0; at += _text.Length)
                found.Add((at, _text.Length));
            return found;
        }
        if (_regex is null) return found;
        try
        {
            foreach (var match in _regex.EnumerateMatches(line))
            {
                if (match.Length > 0) found.Add((match.Index, match.Length));
                if (found.Count == most) break;
            }
            return found;
        }
        catch (RegexMatchTimeoutException e)
        {
            throw new ArgumentException("The regular expression takes too long.", e);
        }
    }
}
