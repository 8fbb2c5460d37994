using Microsoft.AspNetCore.Authentication;
using Ziggie.Api.Http;

namespace Ziggie.Api.Auth;

/// <summary>A token that is no good is 401 even where none is needed: else somebody would go on in the belief of being signed in.</summary>
internal sealed class BadTokens(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        var isRefused = (context.Request.Headers.Authorization.Count > 0 || TakesQueryToken.Of(context) is not null)
            && context.GetEndpoint()?.Metadata.GetMetadata<TakesAnyToken>() is null
            && context.Features.Get<IAuthenticateResultFeature>()?.AuthenticateResult?.Succeeded != true;
        if (!isRefused) return next(context);
        context.Response.Headers.WWWAuthenticate = "Bearer error=\"invalid_token\"";
        return Problems.Unauthenticated("The token is invalid or has expired. Sign in again: POST /api/auth/login.").WriteAsync(context);
    }
}

/// <summary>Marks an endpoint that looks at the token itself, or at none.</summary>
internal sealed class TakesAnyToken
{
    public static TakesAnyToken Instance { get; } = new();
}
