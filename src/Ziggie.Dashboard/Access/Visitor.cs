using System.Security.Claims;

namespace Ziggie.Dashboard.Access;

/// <summary>Who looks at the page, and what they may do.</summary>
/// <param name="Name">The user's name.</param>
/// <param name="Role"><c>admin</c>, <c>user</c> or <c>readonly</c>; empty for nobody.</param>
public sealed record Visitor(string Name, string Role)
{
    public const string Admin = "admin";
    public const string User = "user";
    public const string ReadOnly = "readonly";

    /// <summary>Claim that holds the role.</summary>
    private const string RoleClaim = "role";

    public static Visitor Nobody { get; } = new("", "");

    /// <summary>Start, stop, restart, signal.</summary>
    public bool CanOperate => Role is User or Admin;

    /// <summary>Definitions and users.</summary>
    public bool CanAdminister => Role is Admin;

    public bool CanRead => Role is ReadOnly or User or Admin;

    public static Visitor Of(ClaimsPrincipal user) =>
        user.Identity is { IsAuthenticated: true, Name: { } name } ? new Visitor(name, user.FindFirst(RoleClaim)?.Value ?? "") : Nobody;
}
