using Ziggie.Dashboard.Access;
using Ziggie.Persistence.Users;

namespace Ziggie.Dashboard.Model.Users;

/// <summary>A user as it stands in a form, new or being changed.</summary>
public sealed class UserDraft
{
    private readonly Account? _before;

    private UserDraft(Account? before) => _before = before;

    /// <summary>Whether it is to be added.</summary>
    public bool IsNew => _before is null;

    public string Username { get; set; } = "";

    public string FullName { get; set; } = "";

    public string Email { get; set; } = "";

    public string Role { get; set; } = Visitor.ReadOnly;

    public bool IsActive { get; set; } = true;

    /// <summary>Of a new user.</summary>
    public string Password { get; set; } = "";

    /// <summary>What is wrong, by field in snake_case.</summary>
    public IReadOnlyDictionary<string, string[]> Errors { get; set; } = new Dictionary<string, string[]>();

    public static UserDraft New(string password) => new(null) { Password = password };

    public static UserDraft Of(Account account) => new(account)
    {
        Username = account.Username,
        FullName = account.FullName ?? "",
        Email = account.Email ?? "",
        Role = WordOf(account.Role),
        IsActive = account.IsActive,
    };

    /// <summary>As the browser keeps it.</summary>
    public UserText Text() => new(IsNew, Username, FullName, Email, Role, IsActive);

    /// <summary>Goes on with what was typed.</summary>
    public UserDraft With(UserText text)
    {
        if (IsNew) Username = text.Username;
        (FullName, Email, Role, IsActive) = (text.FullName, text.Email, text.Role, text.IsActive);
        return this;
    }

    public static string WordOf(UserRole role) => role switch
    {
        UserRole.Admin => Visitor.Admin,
        UserRole.User => Visitor.User,
        _ => Visitor.ReadOnly,
    };

    /// <summary>What a role may do, in few words.</summary>
    public static string MeaningOf(string role) => role switch
    {
        Visitor.Admin => "also defines services and manages users",
        Visitor.User => "also starts, stops and restarts services",
        _ => "sees everything, changes nothing",
    };

    public string? ErrorOf(string field) => Errors.TryGetValue(field, out var messages) ? string.Join(" ", messages) : null;

    public NewAccount ToNew() => new(Username.Trim(), Password, Filled(Email), Filled(FullName), Role, IsActive);

    /// <summary>Only what differs: a role that is set anew ends sessions.</summary>
    public AccountChange ToChange() => new(
        Email: Changed(Email, _before?.Email), FullName: Changed(FullName, _before?.FullName),
        Role: _before is { } before && WordOf(before.Role) == Role ? null : Role,
        IsActive: _before?.IsActive == IsActive ? null : IsActive);

    private static string? Filled(string text) => text.Trim() is { Length: > 0 } filled ? filled : null;

    // An empty text takes away what was there.
    private static string? Changed(string text, string? before) => text.Trim() == (before ?? "") ? null : text.Trim();
}
