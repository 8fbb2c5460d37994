using Ziggie.Dashboard.Access;

namespace Ziggie.Api.Contracts;

internal sealed record LoginRequest(string? Username, string? Password);

/// <summary>As OAuth 2 has it.</summary>
/// <param name="AccessToken">A JWT.</param>
/// <param name="TokenType">bearer.</param>
/// <param name="ExpiresIn">Seconds.</param>
internal sealed record TokenAnswer(string AccessToken, string TokenType, int ExpiresIn);

/// <param name="Success">True.</param>
/// <param name="Link">To be opened in a browser, once.</param>
/// <param name="Username">Whom it signs in.</param>
/// <param name="ExpiresIn">Seconds.</param>
internal sealed record LinkAnswer(bool Success, string Link, string Username, int ExpiresIn);

internal sealed record ChangePasswordRequest(string? CurrentPassword, string? NewPassword);

/// <param name="Username">1 to 100 of A-Z a-z 0-9 _ . @ -</param>
/// <param name="Password">8 to 256 characters.</param>
/// <param name="Email">Up to 254 characters.</param>
/// <param name="FullName">Up to 200 characters.</param>
/// <param name="Role">readonly (default), user or admin.</param>
/// <param name="IsActive">Whether the user may sign in; default true.</param>
internal sealed record CreateUserRequest(
    string? Username, string? Password, string? Email = null, string? FullName = null, string? Role = null, bool? IsActive = null);

/// <summary>What is missing or null stays as it is.</summary>
internal sealed record UpdateUserRequest(
    string? Password = null, string? Email = null, string? FullName = null, string? Role = null, bool? IsActive = null);

internal record UserBody
{
    /// <summary>Null for <c>local</c> and <c>anonymous</c>, who are in no table.</summary>
    public int? Id { get; init; }
    public required string Username { get; init; }
    public string? Email { get; init; }
    public string? FullName { get; init; }

    /// <summary>readonly, user or admin.</summary>
    public required string Role { get; init; }
    public bool IsActive { get; init; } = true;
    public DateTime? CreatedAt { get; init; }
    public DateTime? LastLogin { get; init; }

    public static UserBody From(Account user) => Fill(user);

    private protected static UserBody Fill(Account user) => new()
    {
        Id = user.Id,
        Username = user.Username,
        Email = user.Email,
        FullName = user.FullName,
        Role = Auth.Roles.NameOf(user.Role),
        IsActive = user.IsActive,
        CreatedAt = user.CreatedAt.UtcDateTime,
        LastLogin = user.LastLogin?.UtcDateTime,
    };
}

/// <summary>The answer about one user: its fields beside <c>success</c>.</summary>
internal sealed record UserAnswer : UserBody
{
    [System.Diagnostics.CodeAnalysis.SetsRequiredMembers]
    public UserAnswer(UserBody user) : base(user) { }

    [System.Text.Json.Serialization.JsonPropertyOrder(-1)]
    public bool Success => true;
}

internal sealed record UserListAnswer(bool Success, IReadOnlyList<UserBody> Users, int Count);
