using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Ziggie.Actors.Domain.Definitions;

/// <summary>Hides the secrets inside free text: passwords of URLs, and values after a secret key as in <c>--password=x</c>.</summary>
internal static partial class SecretText
{
    public static string Hide(string text)
    {
        var shown = UrlPassword().Replace(text, m => m.Groups[1].Value + SecretKeys.Mask);
        return Assignment().Replace(
            shown, m => SecretKeys.IsSecret(m.Groups["key"].Value) ? m.Groups["key"].Value + m.Groups["sign"].Value + SecretKeys.Mask : m.Value);
    }

    /// <summary>Also hides the word after an option such as <c>--password</c>.</summary>
    public static ImmutableArray<string> Hide(ImmutableArray<string> words) =>
        [.. words.Select((word, at) => at > 0 && IsSecretOption(words[at - 1]) ? SecretKeys.Mask : Hide(word))];

    private static bool IsSecretOption(string word) => word.StartsWith('-') && !word.Contains('=') && SecretKeys.IsSecret(word);

    /// <summary>scheme://user:PASSWORD@ up to the last @ before the path, since a password may hold one.</summary>
    [GeneratedRegex(@"([A-Za-z][A-Za-z0-9+.-]*://[^\s/?#:@]*:)[^\s/?#]+(?=@)")]
    private static partial Regex UrlPassword();

    /// <summary>key=value in options, queries and shell text, and --key value in shell text.</summary>
    [GeneratedRegex("""(?<key>-{0,2}[A-Za-z_][A-Za-z0-9_.-]*)(?<sign>=|(?<=(?:^|\s)--[A-Za-z0-9_-]+)[ \t]+)(?:"[^"]*"|'[^']*'|[^\s&;|"']+)""")]
    private static partial Regex Assignment();
}
