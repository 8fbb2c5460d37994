using Ziggie.Persistence.Users;

namespace Ziggie.Api.Auth;

/// <summary>Roles as tokens and the API spell them.</summary>
internal static class Roles
{
    public const string ReadOnly = "readonly";
    public const string User = "user";
    public const string Admin = "admin";

    public static IReadOnlyList<string> All { get; } = [ReadOnly, User, Admin];

    public static string NameOf(UserRole role) => role switch
    {
        UserRole.Admin => Admin,
        UserRole.User => User,
        _ => ReadOnly,
    };

    public static bool TryParse(string? text, out UserRole role)
    {
        (var known, role) = text?.ToLowerInvariant() switch
        {
            ReadOnly => (true, UserRole.ReadOnly),
            User => (true, UserRole.User),
            Admin => (true, UserRole.Admin),
            _ => (false, UserRole.ReadOnly),
        };
        return known;
    }
}

/// <summary>Names in the history that are nobody's account.</summary>
internal static class ReservedUsers
{
    /// <summary>Whoever came through the socket in the home.</summary>
    public const string Local = "local";

    /// <summary>Whoever came without a token.</summary>
    public const string Anonymous = "anonymous";

    public static bool Contains(string name) => name.ToLowerInvariant() is Local or Anonymous or "daemon" or "seed";
}

/// <summary>What a token says.</summary>
internal static class TokenClaims
{
    public const string Name = "name";
    public const string Role = "role";

    /// <summary>Changes with the password, the role and whether the user is active: older tokens end.</summary>
    public const string Stamp = "stamp";
}
