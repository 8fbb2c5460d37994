using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Ziggie.Persistence.Users;

namespace Ziggie.Api.Auth;

/// <summary>Hashes and compares passwords.</summary>
internal sealed class Passwords
{
    public const int MinLength = 8;
    public const int MaxLength = 256;
    private const string Alphabet = "abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";

    private static readonly User Nobody =
        new() { Username = "", HashedPassword = "", Role = UserRole.ReadOnly };

    private readonly PasswordHasher<User> _hasher;
    private readonly Lazy<string> _decoy;

    public Passwords(IOptions<PasswordHasherOptions> options)
    {
        _hasher = new PasswordHasher<User>(options);
        _decoy = new Lazy<string>(() => Hash(Random()));
    }

    public string Hash(string password) => _hasher.HashPassword(Nobody, password);

    /// <summary>Takes as long for a user who does not exist (null) as for one who does.</summary>
    public bool Verify(User? user, string password)
    {
        var result = _hasher.VerifyHashedPassword(Nobody, user?.HashedPassword ?? _decoy.Value, password);
        return user is not null && result is not PasswordVerificationResult.Failed;
    }

    /// <summary>What is wrong with a new password; null when nothing is.</summary>
    public static string? Check(string? password) =>
        password is { Length: >= MinLength and <= MaxLength } ? null : $"must have {MinLength} to {MaxLength} characters.";

    /// <summary>20 characters that are hard to confuse: about 116 bits.</summary>
    public static string Random() => RandomNumberGenerator.GetString(Alphabet, 20);
}
