using Ziggie.Api.Auth;
using Ziggie.Api.Contracts;
using Ziggie.Api.Hosting;

namespace Ziggie.Api.Endpoints;

/// <summary>For those who watch the daemon itself: no token, no limit.</summary>
internal static class HealthEndpoints
{
    public static void Map(IEndpointRouteBuilder app)
    {
        var health = app.MapGroup("/health").AllowAnonymous().WithTags("Health").WithMetadata(TakesAnyToken.Instance);

        health.MapGet("live", () => TypedResults.Json(new HealthAnswer("ok"), ApiJson.Web.HealthAnswer))
            .Describe("Live", "Says that the daemon lives").Answers<HealthAnswer>(200, """{ "status": "ok" }""").Refuses(403);

        health.MapGet("ready", (DaemonStatus status, IHostApplicationLifetime lifetime) => Ready(status, lifetime))
            .Describe("Ready", "Says whether the daemon takes commands", "503 while it starts or stops.")
            .Answers<HealthAnswer>(200, """{ "status": "ready" }""").Answers<HealthAnswer>(503, """{ "status": "stopping" }""").Refuses(403);
    }

    private static IResult Ready(DaemonStatus status, IHostApplicationLifetime lifetime)
    {
        var word = status.IsStopping ? "stopping" : lifetime.ApplicationStarted.IsCancellationRequested ? "ready" : "starting";
        return TypedResults.Json(new HealthAnswer(word), ApiJson.Web.HealthAnswer, statusCode: word is "ready" ? 200 : 503);
    }
}
