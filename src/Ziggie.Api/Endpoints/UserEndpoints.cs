using Ziggie.Api.Auth;
using Ziggie.Api.Contracts;
using Ziggie.Api.Http;
using Ziggie.Api.RateLimits;
using Ziggie.Dashboard.Access;

namespace Ziggie.Api.Endpoints;

/// <summary>The users, for admins.</summary>
internal static class UserEndpoints
{
    public static void Map(RouteGroupBuilder auth)
    {
        var users = auth.MapGroup("users").RequireAuthorization(Policies.Administer).RequireRateLimiting(RateLimitSettings.Auth);
        var changes = users.MapGroup("").AddEndpointFilter<RouteGroupBuilder, CommandGate>();

        users.MapGet("", List).Describe("ListUsers", "Lists users by name").Answers<UserListAnswer>(200).Refuses(401, 403, 429, 500);

        changes.MapPost("", Create).Describe("CreateUser", "Adds a user").Takes<CreateUserRequest>(Examples.CreateUser)
            .Answers<UserAnswer>(201).Refuses(400, 401, 403, 409, 413, 415, 422, 429, 500, 503);

        changes.MapPut("{username}", Update)
            .Describe("UpdateUser", "Changes a user", "What is left out stays. A new password, role or state ends the user's tokens.")
            .Takes<UpdateUserRequest>(Examples.UpdateUser)
            .Answers<UserAnswer>(200).Refuses(400, 401, 403, 404, 409, 413, 415, 422, 429, 500, 503);

        changes.MapDelete("{username}", Delete).Describe("DeleteUser", "Removes a user", "The last active admin stays.")
            .Answers<MessageAnswer>(200).Refuses(401, 403, 404, 409, 429, 500, 503);
    }

    private static async Task<IResult> List(HttpContext context, IAccounts accounts)
    {
        UserBody[] all = [.. (await accounts.ListAsync(context.RequestAborted)).Select(UserBody.From)];
        return TypedResults.Json(new UserListAnswer(true, all, all.Length), ApiJson.Web.UserListAnswer);
    }

    private static async Task<IResult> Create(HttpContext context, IAccounts accounts)
    {
        var (asked, problem) = await RequestBody.ReadAsync(context, ApiJson.Web.CreateUserRequest);
        if (asked is null) return problem!.Result();
        var reply = await accounts.CreateAsync(
            new NewAccount(asked.Username, asked.Password, asked.Email, asked.FullName, asked.Role, asked.IsActive), context.Doer());
        if (reply is not AccountReply.Done { Account: var made }) return AccountReplies.ProblemOf(reply)!.Result();
        context.Response.Headers.Location = $"/api/auth/users/{made.Username}";
        return TypedResults.Json(new UserAnswer(UserBody.From(made)), ApiJson.Web.UserAnswer, statusCode: 201);
    }

    private static async Task<IResult> Update(string username, HttpContext context, IAccounts accounts)
    {
        var (asked, problem) = await RequestBody.ReadAsync(context, ApiJson.Web.UpdateUserRequest);
        if (asked is null) return problem!.Result();
        var reply = await accounts.UpdateAsync(
            username, new AccountChange(asked.Password, asked.Email, asked.FullName, asked.Role, asked.IsActive), context.Doer());
        return reply is AccountReply.Done { Account: var changed }
            ? TypedResults.Json(new UserAnswer(UserBody.From(changed)), ApiJson.Web.UserAnswer)
            : AccountReplies.ProblemOf(reply)!.Result();
    }

    private static async Task<IResult> Delete(string username, HttpContext context, IAccounts accounts)
    {
        var reply = await accounts.DeleteAsync(username, context.Doer());
        return reply is AccountReply.Done { Account: var removed }
            ? TypedResults.Json(new MessageAnswer(true, $"User '{removed.Username}' was removed"), ApiJson.Web.MessageAnswer)
            : AccountReplies.ProblemOf(reply)!.Result();
    }
}
