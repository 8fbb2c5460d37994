using System.Text.RegularExpressions;

namespace Ziggie.Actors.Domain.Definitions;

/// <summary>Tells by a key's name whether its value is a secret. Hiding one too many is the lesser harm.</summary>
public static partial class SecretKeys
{
    /// <summary>What stands in an output for a secret.</summary>
    public const string Mask = "********";

    /// <summary>Secret wherever they stand in a word: PGPASSWORD, CLIENTSECRETS.</summary>
    private static readonly string[] Anywhere = ["PASSWORD", "PASSWD", "PASSPHRASE", "SECRET", "CREDENTIAL"];

    /// <summary>Secret as a whole word or as its end: AUTHTOKEN, but not TOKENIZER.</summary>
    private static readonly string[] AtTheEnd =
        ["TOKEN", "TOKENS", "APIKEY", "ACCESSKEY", "AUTHKEY", "PRIVATEKEY", "SIGNINGKEY", "ENCRYPTIONKEY", "MASTERKEY", "SSHKEY", "AUTHORIZATION"];

    /// <summary>Secret as a whole word: API_KEY and dbKey, but not MONKEY or KEYBOARD.</summary>
    private static readonly HashSet<string> WholeWords = ["KEY", "KEYS", "PASS", "PWD", "COOKIE", "COOKIES", "BEARER"];

    public static bool IsSecret(string key)
    {
        if (key is "PWD" or "OLDPWD") return false; // The shell's folders.
        var words = Word().Matches(key).Select(m => m.Value.ToUpperInvariant()).ToList();
        return words.Any(w => WholeWords.Contains(w) || AtTheEnd.Any(w.EndsWith) || Anywhere.Any(w.Contains))
            || Anywhere.Any(key.ToUpperInvariant().Contains);
    }

    /// <summary>The words of a command line, with what looks like a secret in them masked.</summary>
    public static IReadOnlyList<string> HideIn(IReadOnlyList<string> words) => SecretText.Hide([.. words]);

    /// <summary>Words are parted by anything but letters, and by a capital after a small letter.</summary>
    [GeneratedRegex("[A-Z]+(?![a-z])|[A-Z]?[a-z]+")]
    private static partial Regex Word();
}
