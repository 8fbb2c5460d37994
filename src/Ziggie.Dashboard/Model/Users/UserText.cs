namespace Ziggie.Dashboard.Model.Users;

/// <summary>What was typed about a user and not saved, as the browser keeps it. Never a password.</summary>
public sealed record UserText(bool IsNew, string Username, string FullName, string Email, string Role, bool IsActive);
