using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace Ziggie.Api.Browser;

/// <summary>Links that sign a user in once. Known to this process alone: they end with it.</summary>
internal sealed class SignInLinks(TimeProvider time)
{
    /// <summary>How long a link is good for.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<string, (string Username, DateTimeOffset Until)> _open = [];

    /// <summary>Path and query of a new link.</summary>
    public string Make(string username)
    {
        foreach (var (key, link) in _open)
        {
            if (link.Until <= time.GetUtcNow()) _open.TryRemove(key, out _);
        }
        var code = RandomNumberGenerator.GetString("abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789", 32);
        _open[Key(code)] = (username, time.GetUtcNow() + Lifetime);
        return $"/sign-in/link?code={code}";
    }

    /// <summary>Whom the link signs in; null when it was used, is too old, or never was one. It is used up by that.</summary>
    public string? Use(string? code) =>
        code is { Length: > 0 and <= 100 } && _open.TryRemove(Key(code), out var link) && link.Until > time.GetUtcNow() ? link.Username : null;

    // By its hash: looking one up takes the same time however much of it is right.
    private static string Key(string code) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(code)));
}
