using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Ziggie.Api.Http;

namespace Ziggie.Api.Auth;

/// <summary>Signs in those who need no token: the owner through the socket in the home, and with <c>Auth:Anonymous=all</c> this machine.</summary>
internal sealed class TrustedConnection(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, AuthSettings settings)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "trusted";

    /// <summary>The name under which a request without a token is trusted; null when it is not.</summary>
    public static string? NameFor(HttpContext context, AuthSettings settings) =>
        context.IsUnixSocket() ? ReservedUsers.Local
        : settings.Anonymous is AnonymousMode.All && context.IsFromLoopback() ? ReservedUsers.Anonymous
        : null;

    public static ClaimsPrincipal Principal(string name) => new(new ClaimsIdentity(
        [new Claim(TokenClaims.Name, name), new Claim(TokenClaims.Role, Roles.Admin)], SchemeName, TokenClaims.Name, TokenClaims.Role));

    protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(
        NameFor(Context, settings) is { } name
            ? AuthenticateResult.Success(new AuthenticationTicket(Principal(name), Scheme.Name))
            : AuthenticateResult.NoResult());
}
