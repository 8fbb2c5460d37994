using LinqToDB.Mapping;

namespace Ziggie.Persistence.Users;

/// <summary>A row of the table <c>users</c>, for what moves whole tables.</summary>
[Table("users")]
internal sealed class UserRow
{
    [Column("id"), PrimaryKey, Identity] public int Id { get; set; }
    [Column("username")] public string Username { get; set; } = "";
    [Column("email")] public string? Email { get; set; }
    [Column("full_name")] public string? FullName { get; set; }
    [Column("hashed_password")] public string HashedPassword { get; set; } = "";
    [Column("role")] public string Role { get; set; } = "";
    [Column("is_active")] public bool IsActive { get; set; }
    [Column("created_at")] public DateTimeOffset CreatedAt { get; set; }
    [Column("last_login")] public DateTimeOffset? LastLogin { get; set; }
}
