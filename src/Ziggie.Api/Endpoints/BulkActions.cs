using Ziggie.Actors;
using Ziggie.Actors.Live;
using Ziggie.Api.Auth;
using Ziggie.Api.Contracts;
using Ziggie.Api.Http;
using Ziggie.Api.RateLimits;

namespace Ziggie.Api.Endpoints;

/// <summary>The same command for several services.</summary>
internal static class BulkActions
{
    private const int MostNames = 10_000;
    private const int LongestTimeout = 300;

    public static void Map(RouteGroupBuilder api) => api.MapPost("actions", Act)
        .AddEndpointFilter<RouteHandlerBuilder, CommandGate>().RequireAuthorization(Policies.Operate).RequireRateLimiting(RateLimitSettings.Command)
        .Describe("ActOnServices", "Starts, stops or restarts several services",
            "By names, by group, or all of them, in the order of their dependencies. Answers when each is as asked for or has failed, with "
            + "a result for each; success is false when one has failed.")
        .Takes<ActionRequest>(Examples.Action)
        .Answers<ActionAnswer>(200, Examples.ActionResults).Refuses(400, 401, 403, 404, 413, 415, 422, 429, 500, 503);

    private static async Task<IResult> Act(HttpContext context, IServiceControl control, IServiceFeed feed)
    {
        var (asked, problem) = await RequestBody.ReadAsync(context, ApiJson.Web.ActionRequest);
        if (asked is null) return problem!.Result();
        if (!TryVerb(asked.Action, out var verb)) return Problems.InvalidParameter("action", "must be start, stop or restart.").Result();
        if (asked.Timeout is < 1 or > LongestTimeout) return Problems.InvalidParameter("timeout", $"must be 1 to {LongestTimeout} seconds.").Result();
        if (asked.WithDependents && verb == BulkVerb.Start)
            return Problems.InvalidParameter("with_dependents", "means nothing for a start: what a service depends on is started with it in any case.").Result();
        if ((asked.Timeout is not null || asked.Force) && verb != BulkVerb.Stop)
            return Problems.InvalidParameter(asked.Force ? "force" : "timeout", "is for action stop alone.").Result();
        (var names, problem) = NamesOf(asked, feed.Current);
        if (names is null) return problem!.Result();
        var action = new BulkAction(verb, names)
        {
            WithDependents = asked.WithDependents,
            Timeout = asked.Timeout is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            Force = asked.Force,
        };
        var outcomes = await control.ActAsync(action, context.UserName(), context.RequestAborted);
        ActionResultBody[] results = [.. outcomes.Select(ActionResultBody.From)];
        return TypedResults.Json(new ActionAnswer(results.All(result => result.Success), results), ApiJson.Web.ActionAnswer);
    }

    private static bool TryVerb(string? text, out BulkVerb verb)
    {
        verb = text switch { "stop" => BulkVerb.Stop, "restart" => BulkVerb.Restart, _ => BulkVerb.Start };
        return text is "start" or "stop" or "restart";
    }

    private static (IReadOnlyCollection<string>? Names, Problem? Problem) NamesOf(ActionRequest asked, ServiceSnapshot current)
    {
        var names = asked.Names is { Count: > 0 } ? asked.Names : null;
        var group = string.IsNullOrEmpty(asked.Group) ? null : asked.Group;
        var ways = (names is null ? 0 : 1) + (group is null ? 0 : 1) + (asked.All ? 1 : 0);
        if (ways != 1) return (null, Problems.InvalidParameter("names", "must be given, or else group or all: exactly one of the three says which services."));
        if (names is not null)
        {
            return names.Count > MostNames || names.Any(string.IsNullOrWhiteSpace)
                ? (null, Problems.InvalidParameter("names", $"must be 1 to {MostNames} names or ids, none of them empty."))
                : (names, null);
        }
        var chosen = current.Services.Values.Where(view => !view.IsDaemon
            && (group is null || view.Groups.Contains(group, StringComparer.OrdinalIgnoreCase))).Select(view => view.Name).ToList();
        return chosen.Count == 0 && group is not null
            ? (null, Problems.Create(404, "unknown_group", $"No service is in group '{group}'. GET /api/services shows the groups of each."))
            : (chosen, null);
    }
}
