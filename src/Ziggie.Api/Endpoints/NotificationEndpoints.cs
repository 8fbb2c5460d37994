using Ziggie.Api.Auth;
using Ziggie.Api.Contracts;
using Ziggie.Api.Http;
using Ziggie.Api.Notifications;
using Ziggie.Api.RateLimits;

namespace Ziggie.Api.Endpoints;

/// <summary>Shows whether those who want to be told can be.</summary>
internal static class NotificationEndpoints
{
    private static readonly TextParameter Target = new("target", 100, "The name of one target; else all of them.");

    public static void Map(RouteGroupBuilder notifications) => notifications.MapPost("test", TestAsync)
        .RequireAuthorization(Policies.Administer).RequireRateLimiting(RateLimitSettings.Daemon)
        .Describe("TestNotifications", "Tells each target of a test now, in one attempt", "success is true when all of them took it.")
        .WithQuery(Target)
        .Answers<NotificationTestAnswer>(200, Examples.NotificationTest).Refuses(400, 401, 403, 422, 429, 500);

    private static async Task<IResult> TestAsync(HttpContext context, NotificationSettings settings, Senders senders, TimeProvider time)
    {
        var query = new QueryReader(context.Request.Query, time);
        var name = query.Text(Target);
        var targets = settings.Targets.Where(t => name is null || t.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).ToList();
        if (name is not null && targets.Count == 0)
            query.Fail(Target, $"is none of {string.Join(", ", settings.Targets.Select(t => t.Name))}.");
        if (query.Problem is { } wrong) return wrong.Result();
        if (targets.Count == 0)
        {
            return Problems.Create(400, "no_notifications",
                "Nobody is to be told anything: set Notifications:0:Type and the rest, then start the daemon again.").Result();
        }

        var test = new Notification(
            $"test-{Guid.NewGuid():N}", NotificationEvents.Test, time.GetUtcNow().UtcDateTime, Environment.MachineName, null, [],
            $"A test, asked for by {context.UserName()}.", null, null, null, null, 0, null);
        var told = await Task.WhenAll(targets.Select(async target =>
        {
            var failure = await senders.For(target).SendAsync(target, test, context.RequestAborted);
            return new NotificationTestBody(target.Name, failure is null, failure?.Reason);
        }));
        return TypedResults.Json(new NotificationTestAnswer(told.All(t => t.Delivered), told), ApiJson.Web.NotificationTestAnswer);
    }
}
