using Ziggie.Persistence.Users;

namespace Ziggie.Dashboard.Access;

/// <summary>A user without what belongs to the store alone.</summary>
public sealed record Account
{
    public required int Id { get; init; }

    public required string Username { get; init; }

    public string? Email { get; init; }

    public string? FullName { get; init; }

    public required UserRole Role { get; init; }

    public bool IsActive { get; init; } = true;

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? LastLogin { get; init; }

    public static Account Of(User user) => new()
    {
        Id = user.Id,
        Username = user.Username,
        Email = user.Email,
        FullName = user.FullName,
        Role = user.Role,
        IsActive = user.IsActive,
        CreatedAt = user.CreatedAt,
        LastLogin = user.LastLogin,
    };
}

/// <summary>A user to be.</summary>
/// <param name="Username">1 to 100 of A-Z a-z 0-9 _ . @ -</param>
/// <param name="Password">8 to 256 characters.</param>
/// <param name="Email">Null for none.</param>
/// <param name="FullName">Null for none.</param>
/// <param name="Role">readonly when null.</param>
/// <param name="IsActive">True when null.</param>
public sealed record NewAccount(
    string? Username, string? Password, string? Email = null, string? FullName = null, string? Role = null, bool? IsActive = null);

/// <summary>What is to change; null leaves it as it is.</summary>
public sealed record AccountChange(
    string? Password = null, string? Email = null, string? FullName = null, string? Role = null, bool? IsActive = null);
