using Microsoft.AspNetCore.RateLimiting;
using Ziggie.Api.Http;
using Ziggie.Dashboard.Access;

namespace Ziggie.Api.RateLimits;

/// <summary>
/// Holds each client to so many requests a minute on each route that names a limit. ASP.NET Core's own limiter does the same with a timer
/// that wakes ten times a second for ever, which was most of what an idle daemon used.
/// </summary>
internal sealed class RateLimits(RequestDelegate next, RateLimitSettings settings, RequestWindows windows)
{
    /// <summary>Below these are forms, which are answered with their page.</summary>
    private static readonly string[] FormPages = [SignInAddress.Page, FormAddress.Account, FormAddress.Configuration];

    public async Task InvokeAsync(HttpContext context)
    {
        if (LimitOf(context) is not { } limit || windows.TryTake(KeyOf(context, limit.Policy), limit.PerMinute, out var wait))
        {
            await next(context);
            return;
        }
        if (FormPages.FirstOrDefault(page => context.Request.Path.StartsWithSegments(page)) is { } form)
        {
            context.Response.Redirect($"{form}?trouble=limit");
            return;
        }
        var problem = Problems.Create(429, "rate_limited",
            $"Too many requests to this route in a minute. Try again in {Math.Max(1, Math.Ceiling(wait.TotalSeconds))} s.");
        await (problem with { RetryAfter = wait }).WriteAsync(context);
    }

    private (string Policy, int PerMinute)? LimitOf(HttpContext context)
    {
        if (!settings.Enabled || context.IsUnixSocket()) return null;
        return context.GetEndpoint()?.Metadata.GetMetadata<EnableRateLimitingAttribute>()?.PolicyName is { } policy
            ? (policy, settings.PerMinute[policy])
            : null;
    }

    private static string KeyOf(HttpContext context, string policy) => $"{RouteOf(context)} {ClientOf(context, policy)}";

    private static string RouteOf(HttpContext context) =>
        $"{context.Request.Method} {(context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText}";

    // User names hold no blank or colon, so a user can not pass for an address.
    private static string ClientOf(HttpContext context, string policy) =>
        policy is not RateLimitSettings.Login && context.User.Identity is { IsAuthenticated: true, Name: { } name }
            ? $"user {name}"
            : $"address {context.Connection.RemoteIpAddress}";
}
