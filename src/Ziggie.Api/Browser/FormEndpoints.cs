using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc;
using Ziggie.Api.Auth;
using Ziggie.Api.Backups;
using Ziggie.Api.Http;
using Ziggie.Api.RateLimits;
using Ziggie.Dashboard.Access;

namespace Ziggie.Api.Browser;

/// <summary>Forms of pages whose answer is a cookie or a file. Each carries proof that it comes from a page of this daemon.</summary>
internal static class FormEndpoints
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapPost(FormAddress.Password, ChangePasswordAsync).AllowAnonymous().RequireRateLimiting(RateLimitSettings.Auth).ExcludeFromDescription();
        app.MapPost(FormAddress.Export, ExportAsync).AllowAnonymous().RequireRateLimiting(RateLimitSettings.Daemon).ExcludeFromDescription();
    }

    /// <summary>Sessions end with the old password; this browser gets a new one.</summary>
    private static async Task<IResult> ChangePasswordAsync(
        HttpContext context, IAntiforgery antiforgery, IAccounts accounts, UserDirectory users, Tokens tokens)
    {
        if (context.User.Role() is null) return TypedResults.LocalRedirect(SignInAddress.For(FormAddress.Account));
        if (!context.Request.HasFormContentType || !await antiforgery.IsRequestValidAsync(context)) return Back("expired");
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        if (form["new"] != form["again"]) return Back("again");
        switch (await accounts.ChangePasswordAsync(form["current"].ToString(), form["new"].ToString(), context.Doer()))
        {
            case AccountReply.Done { Account: var account } when await users.FindAsync(account.Username) is { } user:
                SessionCookie.Set(context, tokens.Issue(user));
                return TypedResults.LocalRedirect($"{FormAddress.Account}?done=password");
            case AccountReply.Invalid { Errors: var errors }:
                return Back(errors.ContainsKey("current_password") ? "current" : "new");
            case AccountReply.Refused { Why: AccountRefusal.Stopping }:
                return Back("stopping");
            default:
                return Back("account");
        }
    }

    private static async Task<IResult> ExportAsync(HttpContext context, IAntiforgery antiforgery, [FromServices] StoreExport export)
    {
        if (context.User.Role() is null) return TypedResults.LocalRedirect(SignInAddress.For(FormAddress.Configuration));
        if (context.User.Role() is not Roles.Admin)
            return Problems.Forbidden($"'{context.UserName()}' has the role {context.User.Role()}, which may not do this. An admin can change roles.").Result();
        if (!context.Request.HasFormContentType || !await antiforgery.IsRequestValidAsync(context))
            return TypedResults.LocalRedirect($"{FormAddress.Configuration}?trouble=expired");
        return await export.AnswerAsync(context.Doer(), context.RequestAborted);
    }

    private static IResult Back(string trouble) => TypedResults.LocalRedirect($"{FormAddress.Account}?trouble={trouble}");
}
