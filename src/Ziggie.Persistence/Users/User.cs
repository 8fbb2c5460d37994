namespace Ziggie.Persistence.Users;

/// <summary>Someone who may sign in. The hash is the store's affair; it never leaves <see cref="IUserStore"/>'s callers in the API.</summary>
public sealed record User
{
    public int Id { get; init; }

    /// <summary>1 to 100 characters, compared without regard to case.</summary>
    public required string Username { get; init; }
    public string? Email { get; init; }
    public string? FullName { get; init; }
    public required string HashedPassword { get; init; }
    public required UserRole Role { get; init; }
    public bool IsActive { get; init; } = true;
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? LastLogin { get; init; }
}

/// <summary>readonly reads, user also operates, admin also defines and manages users. Stored in lower case.</summary>
public enum UserRole { ReadOnly, User, Admin }
