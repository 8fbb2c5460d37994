using Ziggie.Dashboard.Access;

namespace Ziggie.Api.Auth;

/// <summary>What users may be called and have.</summary>
internal static class UserRules
{
    private const int MaxName = 100;
    private const int MaxEmail = 254;
    private const int MaxFullName = 200;

    public static Dictionary<string, string[]> Check(NewAccount asked)
    {
        var errors = CheckDetails(asked.Email, asked.FullName, asked.Role);
        if (!IsName(asked.Username)) errors["username"] = [$"must be 1 to {MaxName} of A-Z a-z 0-9 _ . @ -"];
        else if (ReservedUsers.Contains(asked.Username!)) errors["username"] = [$"'{asked.Username}' is reserved."];
        if (Passwords.Check(asked.Password) is { } wrong) errors["password"] = [wrong];
        return errors;
    }

    public static Dictionary<string, string[]> Check(AccountChange asked)
    {
        var errors = CheckDetails(asked.Email, asked.FullName, asked.Role);
        if (asked.Password is not null && Passwords.Check(asked.Password) is { } wrong) errors["password"] = [wrong];
        return errors;
    }

    private static Dictionary<string, string[]> CheckDetails(string? email, string? fullName, string? role)
    {
        var errors = new Dictionary<string, string[]>();
        if (email is not null and not "" && (email.Length > MaxEmail || email.Count(c => c == '@') != 1 || email.Any(char.IsWhiteSpace)))
            errors["email"] = ["must be an e-mail address."];
        if (fullName?.Length > MaxFullName) errors["full_name"] = [$"may have {MaxFullName} characters."];
        if (role is not null && !Roles.TryParse(role, out _)) errors["role"] = [$"must be one of {string.Join(", ", Roles.All)}."];
        return errors;
    }

    private static bool IsName(string? name) =>
        name is { Length: > 0 and <= MaxName } && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '@' or '-');
}
