using System.Security.Claims;
using Microsoft.IdentityModel.JsonWebTokens;
using Ziggie.Api.Auth;
using Ziggie.Dashboard.Access;

namespace Ziggie.Api.Browser;

/// <summary>Answers the dashboard whether a session still holds.</summary>
internal sealed class SessionCheck(Tokens tokens, UserDirectory users, TimeProvider time) : ISessionCheck
{
    public event Action? Changed
    {
        add
        {
            users.Changed += value;
            tokens.Ended += value;
        }

        remove
        {
            users.Changed -= value;
            tokens.Ended -= value;
        }
    }

    public async ValueTask<bool> IsCurrentAsync(ClaimsPrincipal user)
    {
        // Who needed no token has none that could end.
        if (user.Identity?.AuthenticationType == TrustedConnection.SchemeName) return true;
        var expires = long.TryParse(user.FindFirst(JwtRegisteredClaimNames.Exp)?.Value, out var seconds) ? seconds : 0;
        return expires > time.GetUtcNow().ToUnixTimeSeconds() && await tokens.IsCurrentAsync(user);
    }
}
