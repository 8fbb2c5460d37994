using System.Collections.Concurrent;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Authentication;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Ziggie.Persistence.Users;

namespace Ziggie.Api.Auth;

/// <summary>Issues and checks tokens: HS256, 24 hours, ended early by a change of the password, the role or the user's being active.</summary>
internal sealed class Tokens(JwtKey key, UserDirectory users, TimeProvider time)
{
    private const string Issuer = "ziggie";
    private readonly JsonWebTokenHandler _handler = new() { MapInboundClaims = false };

    // By their ids, until they would have ended by themselves. Forgotten with the daemon.
    private readonly ConcurrentDictionary<string, DateTime> _ended = [];

    /// <summary>Somebody has signed out.</summary>
    public event Action? Ended;

    public TokenValidationParameters Parameters { get; } = new()
    {
        IssuerSigningKey = new SymmetricSecurityKey(key.Bytes),
        ValidAlgorithms = [SecurityAlgorithms.HmacSha256],
        ValidIssuer = Issuer,
        ValidAudience = Issuer,
        NameClaimType = TokenClaims.Name,
        RoleClaimType = TokenClaims.Role,
        LifetimeValidator = (_, expires, _, _) => expires > time.GetUtcNow().UtcDateTime,
    };

    public string Issue(User user)
    {
        var now = time.GetUtcNow().UtcDateTime;
        return _handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Issuer,
            Audience = Issuer,
            IssuedAt = now,
            NotBefore = now,
            Expires = now + AuthSettings.TokenLifetime,
            Claims = new Dictionary<string, object>
            {
                [JwtRegisteredClaimNames.Sub] = user.Id.ToString(),
                [JwtRegisteredClaimNames.Jti] = Guid.NewGuid().ToString("n"),
                [TokenClaims.Name] = user.Username,
                [TokenClaims.Role] = Roles.NameOf(user.Role),
                [TokenClaims.Stamp] = StampOf(user),
            },
            SigningCredentials = new SigningCredentials(Parameters.IssuerSigningKey, SecurityAlgorithms.HmacSha256),
        });
    }

    /// <summary>Who a token is for, and until when; null when it is no good.</summary>
    public async Task<TokenHolder?> ReadAsync(string token)
    {
        var result = await _handler.ValidateTokenAsync(token, Parameters);
        if (!result.IsValid) return null;
        var holder = new TokenHolder(new ClaimsPrincipal(result.ClaimsIdentity), result.SecurityToken.ValidTo);
        return await IsCurrentAsync(holder.Principal) ? holder : null;
    }

    /// <summary>Whether the user is still the one to whom the token was given.</summary>
    public async ValueTask<bool> IsCurrentAsync(ClaimsPrincipal principal)
    {
        if (principal.FindFirst(JwtRegisteredClaimNames.Jti)?.Value is { } id && _ended.ContainsKey(id)) return false;
        if (principal.Identity?.Name is not { } name || principal.FindFirst(TokenClaims.Stamp)?.Value is not { } stamp) return false;
        return await users.FindAsync(name) is { IsActive: true } user
            && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(stamp), Encoding.UTF8.GetBytes(StampOf(user)));
    }

    /// <summary>Ends the token with which somebody was signed in, wherever else it is used.</summary>
    public void End(ClaimsPrincipal principal)
    {
        if (principal.FindFirst(JwtRegisteredClaimNames.Jti)?.Value is not { } id) return;
        var now = time.GetUtcNow().UtcDateTime;
        foreach (var (other, until) in _ended)
        {
            if (until < now) _ended.TryRemove(other, out _);
        }
        _ended[id] = now + AuthSettings.TokenLifetime;
        Ended?.Invoke();
    }

    private string StampOf(User user)
    {
        var state = $"{user.Id}\n{user.HashedPassword}\n{user.Role}\n{user.IsActive}";
        return Base64UrlEncoder.Encode(HMACSHA256.HashData(key.Bytes, Encoding.UTF8.GetBytes(state))[..16]);
    }
}

/// <param name="Principal">The user, with name and role.</param>
/// <param name="ExpiresAt">In UTC.</param>
internal sealed record TokenHolder(ClaimsPrincipal Principal, DateTime ExpiresAt)
{
    /// <summary>The token by which a request was signed in; null when it needed none.</summary>
    public static TokenHolder? Of(HttpContext context) =>
        context.Features.Get<IAuthenticateResultFeature>()?.AuthenticateResult is { Succeeded: true, Principal: { } principal, Properties.ExpiresUtc: { } end }
            ? new TokenHolder(principal, end.UtcDateTime)
            : null;
}
