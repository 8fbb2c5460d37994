using Ziggie.Api.Auth;
using Ziggie.Api.Contracts;
using Ziggie.Api.Handover;
using Ziggie.Api.Http;
using Ziggie.Api.RateLimits;

namespace Ziggie.Api.Endpoints;

/// <summary>The daemon's own restart and end.</summary>
internal static class DaemonEndpoints
{
    private static readonly TextParameter Services =
        new("services", 4, "stop or keep, for this once; else as Shutdown:Services says.");

    public static void Map(RouteGroupBuilder daemon)
    {
        var commands = daemon.MapGroup("").AddEndpointFilter<RouteGroupBuilder, CommandGate>()
            .RequireAuthorization(Policies.Administer).RequireRateLimiting(RateLimitSettings.Daemon);

        commands.MapPost("restart", Restart)
            .Describe("RestartDaemon", "Hands over to a new process of the program on disk",
                "Services run on. Answers when the new process is ready to take over; if it does not come up, this one stays.")
            .Answers<MessageAnswer>(202).Refuses(400, 401, 403, 429, 500, 503);

        commands.MapPost("stop", Stop)
            .Describe("StopDaemon", "Stops the daemon, as SIGTERM does")
            .WithQuery(Services)
            .Answers<MessageAnswer>(202).Refuses(401, 403, 422, 429, 500, 503);
    }

    /// <summary>Also for the service that shows the daemon.</summary>
    public static async Task<IResult> RestartAsync(DaemonControl daemon, string user) =>
        await daemon.RestartAsync($"asked for by {user}") is { } refusal
            ? Problems.Create(400, "restart_failed", refusal).Result()
            : Results.Json(new MessageAnswer(true, $"PID {daemon.NextPid} takes over now; the services run on."),
                ApiJson.Web.MessageAnswer, statusCode: 202);

    private static Task<IResult> Restart(HttpContext context, DaemonControl daemon) => RestartAsync(daemon, context.UserName());

    private static IResult Stop(HttpContext context, DaemonControl daemon, TimeProvider time)
    {
        var query = new QueryReader(context.Request.Query, time);
        var services = query.Text(Services);
        if (query.Problem is { } wrong) return wrong.Result();
        if (services is not (null or "stop" or "keep")) return Problems.InvalidParameter("services", "must be stop or keep.").Result();
        daemon.Stop(services is null ? null : services is "keep", $"asked for by {context.UserName()}");
        return Results.Json(new MessageAnswer(true, "The daemon stops."), ApiJson.Web.MessageAnswer, statusCode: 202);
    }
}
