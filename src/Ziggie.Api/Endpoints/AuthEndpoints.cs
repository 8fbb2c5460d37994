using Ziggie.Api.Auth;
using Ziggie.Api.Contracts;
using Ziggie.Api.Http;
using Ziggie.Api.RateLimits;
using Ziggie.Dashboard.Access;
using Ziggie.Persistence.Users;

namespace Ziggie.Api.Endpoints;

/// <summary>Signing in, and what concerns oneself.</summary>
internal static class AuthEndpoints
{
    public const string FormRoute = "/api/auth/login/form";

    private static readonly Problem Refused = Problems.Create(401, "login_failed", "The user name or the password is wrong.");

    public static void Map(RouteGroupBuilder auth)
    {
        auth.MapPost("login", Login).AllowAnonymous().RequireRateLimiting(RateLimitSettings.Login).WithMetadata(TakesAnyToken.Instance)
            .Describe("Login", "Signs in", "The token is valid for 24 hours; send it as Authorization: Bearer TOKEN.")
            .Takes<LoginRequest>(Examples.Login)
            .Answers<TokenAnswer>(200, Examples.Token).Refuses(400, 401, 403, 413, 415, 422, 429, 500);

        auth.MapPost("login/form", LoginByForm).AllowAnonymous().RequireRateLimiting(RateLimitSettings.Login)
            .WithMetadata(TakesAnyToken.Instance)
            .Describe("LoginByForm", "Signs in by a form, as OAuth 2 has it", "The button Authorize uses it.")
            .Accepts<LoginRequest>("application/x-www-form-urlencoded")
            .Answers<TokenAnswer>(200, Examples.Token).Refuses(400, 401, 403, 413, 415, 422, 429, 500);

        auth.MapGet("me", Me).RequireAuthorization(Policies.Read).RequireRateLimiting(RateLimitSettings.Read)
            .Describe("Me", "Shows who is signed in").Answers<UserAnswer>(200).Refuses(401, 403, 429, 500);

        auth.MapPost("change-password", ChangePassword).RequireAuthorization(Policies.Read).RequireRateLimiting(RateLimitSettings.Auth)
            .AddEndpointFilter<CommandGate>()
            .Describe("ChangePassword", "Changes one's own password", "Tokens given before are no longer valid.")
            .Takes<ChangePasswordRequest>(Examples.ChangePassword)
            .Answers<TokenAnswer>(200, Examples.Token).Refuses(400, 401, 403, 413, 415, 422, 429, 500, 503);
    }

    private static async Task<IResult> Login(
        HttpContext context, SignIn signIn, Tokens tokens)
    {
        var (asked, problem) = await RequestBody.ReadAsync(context, ApiJson.Web.LoginRequest);
        return asked is null ? problem!.Result() : await SignInAsync(asked, context, signIn, tokens);
    }

    private static async Task<IResult> LoginByForm(
        HttpContext context, SignIn signIn, Tokens tokens)
    {
        if (!context.Request.HasFormContentType)
        {
            return Problems.Create(415, "unsupported_media_type",
                "The body must be sent with Content-Type: application/x-www-form-urlencoded.").Result();
        }

        if (context.Request.ContentLength > RequestBody.MaxSize) return Problems.ForStatus(context, 413).Result();
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        return form["grant_type"].ToString() is "" or "password"
            ? await SignInAsync(new LoginRequest(form["username"], form["password"]), context, signIn, tokens)
            : Problems.InvalidParameter("grant_type", "must be password.").Result();
    }

    private static async Task<IResult> SignInAsync(
        LoginRequest asked, HttpContext context, SignIn signIn, Tokens tokens)
    {
        if (string.IsNullOrEmpty(asked.Username)) return Problems.InvalidParameter("username", "is missing.").Result();
        if (string.IsNullOrEmpty(asked.Password)) return Problems.InvalidParameter("password", "is missing.").Result();
        return await signIn.ByPasswordAsync(asked.Username, asked.Password, context) is { } user ? Answer(tokens, user) : Refused.Result();
    }

    private static async Task<IResult> Me(HttpContext context, IAccounts accounts)
    {
        var body = await accounts.FindAsync(context.UserName(), context.RequestAborted) is { } account
            ? UserBody.From(account)
            : new UserBody { Username = context.UserName(), Role = context.User.Role() ?? Roles.ReadOnly };
        return TypedResults.Json(new UserAnswer(body), ApiJson.Web.UserAnswer);
    }

    private static async Task<IResult> ChangePassword(HttpContext context, IAccounts accounts, UserDirectory users, Tokens tokens)
    {
        var (asked, problem) = await RequestBody.ReadAsync(context, ApiJson.Web.ChangePasswordRequest);
        if (asked is null) return problem!.Result();
        var reply = await accounts.ChangePasswordAsync(asked.CurrentPassword ?? "", asked.NewPassword, context.Doer());
        if (reply is not AccountReply.Done { Account: var changed })
        {
            return (reply is AccountReply.Refused { Why: AccountRefusal.Unknown } gone
                ? Problems.Unauthenticated(gone.Detail) : AccountReplies.ProblemOf(reply)!).Result();
        }

        return await users.FindAsync(changed.Username) is { } user ? Answer(tokens, user) : Problems.Unauthenticated("The user is gone.").Result();
    }

    private static IResult Answer(Tokens tokens, User user) => TypedResults.Json(
        new TokenAnswer(tokens.Issue(user), "bearer", (int)AuthSettings.TokenLifetime.TotalSeconds), ApiJson.Web.TokenAnswer);
}
