using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace Ziggie.Actors.Domain.Definitions.Values;

/// <summary>Compiles the regular expression of a <c>log</c> probe so that no line of output can make it run for long.</summary>
public static class LogPattern
{
    private static readonly TimeSpan MatchTimeout = TimeSpan.FromMilliseconds(100);

    /// <summary>Runs in linear time where the pattern allows it; one with look-around or back references gets a time limit for each line.</summary>
    /// <param name="pattern">.NET syntax.</param>
    /// <param name="regex">The expression; matching with a time limit may throw <see cref="RegexMatchTimeoutException"/>.</param>
    /// <param name="error">Why it cannot be compiled.</param>
    public static bool TryCompile(string pattern, [NotNullWhen(true)] out Regex? regex, [NotNullWhen(false)] out string? error)
    {
        error = null;
        try
        {
            regex = new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
            return true;
        }
        catch (NotSupportedException)
        {
            regex = new Regex(pattern, RegexOptions.CultureInvariant, MatchTimeout);
            return true;
        }
        catch (ArgumentException exception)
        {
            regex = null;
            error = exception.Message;
            return false;
        }
    }
}
