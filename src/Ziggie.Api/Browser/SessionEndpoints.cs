using Microsoft.AspNetCore.Antiforgery;
using Ziggie.Api.Auth;
using Ziggie.Api.Contracts;
using Ziggie.Api.Endpoints;
using Ziggie.Api.Http;
using Ziggie.Api.RateLimits;
using Ziggie.Dashboard.Access;

namespace Ziggie.Api.Browser;

/// <summary>What gives a browser its cookie and takes it back.</summary>
internal static class SessionEndpoints
{
    private const string User = "user";

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapPost(SignInAddress.Form, SignInAsync).AllowAnonymous().RequireRateLimiting(RateLimitSettings.Login).ExcludeFromDescription();
        app.MapGet("/sign-in/link", UseLinkAsync).AllowAnonymous().RequireRateLimiting(RateLimitSettings.Login).ExcludeFromDescription();
        app.MapPost("/sign-out", SignOut).AllowAnonymous().ExcludeFromDescription();

        app.MapPost("/api/auth/link", MakeLinkAsync).WithTags("Authentication")
            .RequireAuthorization(Policies.Administer).RequireRateLimiting(RateLimitSettings.Auth)
            .Describe("MakeLink", "Makes a link that signs a user in to the dashboard once", "Good for an hour, for admin or the user that the query names.")
            .Answers<LinkAnswer>(201).Refuses(401, 403, 404, 429, 500);
    }

    private static async Task<IResult> SignInAsync(HttpContext context, IAntiforgery antiforgery, SignIn signIn, Tokens tokens)
    {
        if (!context.Request.HasFormContentType) return TypedResults.LocalRedirect(SignInAddress.Page);
        if (!await antiforgery.IsRequestValidAsync(context)) return Back("", "expired", null);
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var (username, password, target) = (form["username"].ToString(), form["password"].ToString(), SignInAddress.Safe(form["return"]));
        if (await signIn.ByPasswordAsync(username, password, context) is not { } user) return Back(target, "password", username);
        SessionCookie.Set(context, tokens.Issue(user));
        return TypedResults.LocalRedirect(target);
    }

    private static async Task<IResult> UseLinkAsync(HttpContext context, SignInLinks links, SignIn signIn, Tokens tokens)
    {
        // A link that a program looks at before its owner does is not used up by that.
        if (context.Request.Headers["Purpose"] == "prefetch" || context.Request.Headers["Sec-Purpose"].ToString().StartsWith("prefetch", StringComparison.Ordinal))
            return TypedResults.StatusCode(503);
        if (links.Use(context.Request.Query["code"]) is not { } username || await signIn.ByLinkAsync(username, context) is not { } user)
            return Back("", "link", null);
        SessionCookie.Set(context, tokens.Issue(user));
        return TypedResults.LocalRedirect("/");
    }

    // Whoever asks is out, also with a form that was open for too long; a foreign page does not come as far as here.
    private static IResult SignOut(HttpContext context, Tokens tokens)
    {
        tokens.End(context.User);
        SessionCookie.Clear(context);
        return TypedResults.LocalRedirect(SignInAddress.Page);
    }

    private static async Task<IResult> MakeLinkAsync(HttpContext context, SignInLinks links, UserDirectory users, Hosting.DashboardAddress address)
    {
        var name = context.Request.Query[User].ToString() is { Length: > 0 } asked ? asked : FirstAdmin.Username;
        if (await users.FindAsync(name) is not { IsActive: true } user)
            return Problems.Create(404, "unknown_user", $"There is no active user '{name}'. Name another one with ?{User}=NAME.").Result();
        return TypedResults.Json(
            new LinkAnswer(true, address.Of(links.Make(user.Username)), user.Username, (int)SignInLinks.Lifetime.TotalSeconds), ApiJson.Web.LinkAnswer, statusCode: 201);
    }

    private static IResult Back(string target, string trouble, string? username) => TypedResults.LocalRedirect(
        SignInAddress.Page + QueryString.Create([
            new("trouble", trouble), .. target is "" or "/" ? [] : new[] { new KeyValuePair<string, string?>("return", target) },
            .. username is null ? [] : new[] { new KeyValuePair<string, string?>(User, username[..Math.Min(100, username.Length)]) },
        ]));
}
