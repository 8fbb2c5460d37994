using System.Net;
using System.Security.Claims;
using Ziggie.Api.Auth;
using Ziggie.Dashboard.Access;

namespace Ziggie.Api.Http;

/// <summary>Where a request came from.</summary>
internal static class ConnectionExtensions
{
    /// <summary>Through the socket in the home, which only its owner may open.</summary>
    public static bool IsUnixSocket(this HttpContext context) => context.Features.Get<UnixSocketFeature>() is not null;

    /// <summary>From this machine, not forwarded by a proxy for somebody else.</summary>
    public static bool IsFromLoopback(this HttpContext context) =>
        context.Connection.RemoteIpAddress is { } address
        && IPAddress.IsLoopback(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address)
        && !context.Request.Headers.ContainsKey("X-Forwarded-For")
        && !context.Request.Headers.ContainsKey("Forwarded");

    /// <summary>From where, for the history: an address, or <c>local</c> for the socket in the home.</summary>
    public static string? ClientAddress(this HttpContext context) =>
        context.IsUnixSocket() ? ReservedUsers.Local : context.Connection.RemoteIpAddress?.ToString();

    /// <summary>Who asks, for the history.</summary>
    public static string UserName(this HttpContext context) => context.User.Identity?.Name ?? ReservedUsers.Anonymous;

    /// <summary>Who asks and from where, for the history.</summary>
    public static Doer Doer(this HttpContext context) => new(context.UserName(), context.ClientAddress());

    /// <summary>The role's name; null without one.</summary>
    public static string? Role(this ClaimsPrincipal user) => user.FindFirst(TokenClaims.Role)?.Value;
}

/// <summary>Marks connections of the socket in the home.</summary>
internal sealed class UnixSocketFeature
{
    public static UnixSocketFeature Instance { get; } = new();
}
