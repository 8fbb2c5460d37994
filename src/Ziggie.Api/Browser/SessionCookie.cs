using Ziggie.Api.Auth;

namespace Ziggie.Api.Browser;

/// <summary>
/// The cookie by which a browser stays signed in: the same token that programs send as a header, out of the reach of scripts. It counts for
/// pages, and for those answers to GET that take a token in the query too; never for commands of the API.
/// </summary>
internal static class SessionCookie
{
    /// <summary>Cookies know no ports: several daemons on one machine need names of their own.</summary>
    public static string NameFor(HttpContext context) => $"ziggie-{context.Connection.LocalPort}";

    /// <summary>The token of a request for which the cookie counts; null without one.</summary>
    public static string? Of(HttpContext context) =>
        (IsForBrowsers(context.Request.Path) || context.GetEndpoint()?.Metadata.GetMetadata<TakesQueryToken>() is not null)
        && context.Request.Cookies.TryGetValue(NameFor(context), out var token) && token is { Length: > 0 } ? token : null;

    public static void Set(HttpContext context, string token) => context.Response.Cookies.Append(NameFor(context), token, new CookieOptions
    {
        HttpOnly = true,
        Secure = context.Request.IsHttps,
        SameSite = SameSiteMode.Lax,
        IsEssential = true,
        MaxAge = AuthSettings.TokenLifetime,
        Path = "/",
    });

    public static void Clear(HttpContext context) => context.Response.Cookies.Delete(NameFor(context), new CookieOptions { Path = "/" });

    /// <summary>Whatever is not for programs.</summary>
    public static bool IsForBrowsers(PathString path) =>
        !path.StartsWithSegments("/api") && !path.StartsWithSegments("/swagger") && !path.StartsWithSegments("/metrics") && !path.StartsWithSegments("/health");
}
