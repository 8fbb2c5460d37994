using Ziggie.Api.Auth;
using Ziggie.Api.Endpoints;
using Ziggie.Api.Http;
using Ziggie.Api.Live;
using Ziggie.Api.RateLimits;

namespace Ziggie.Api.Logs;

/// <summary>GET /api/services/{name}/logs/stream: what a service prints, as Server-Sent Events.</summary>
internal static class LogStreamEndpoint
{
    private const string ContentType = "text/event-stream";

    private const string Example = """
        id: 1520
        event: line
        data: {"position":1500,"time":"2026-01-31T12:00:00Z","text":"Listening on 8188"}


        """;

    public static void Map(RouteGroupBuilder services) => services.MapGet("{name}/logs/stream", FollowAsync)
        .RequireAuthorization(Policies.Read).RequireRateLimiting(RateLimitSettings.Logs).WithMetadata(TakesQueryToken.Instance)
        .Describe("StreamServiceLogs", "Follows what a service prints, as Server-Sent Events", """
            Events: line (position, time, text, and stream where standard error is separate); gap (missed_bytes, reason: rotated or
            not_written); end (reason: stopping, token_ended or removed). The id of each is the position to go on from; a client that
            sends it back as Last-Event-ID, as browsers do, misses nothing that is still kept. A line comes once it is finished.
            """)
        .WithQuery(FollowRequest.LinesParameter, FollowRequest.PositionParameter, StreamParameter.Parameter, SocketEndpoint.Token)
        .Produces<string>(200, ContentType).WithMetadata(new TextExampleMetadata(200, Example)).Refuses(401, 403, 404, 422, 429, 500);

    private static async Task FollowAsync(string name, HttpContext context, ServiceLookup lookup, LogFollower follower, TimeProvider time)
    {
        var (request, problem) = FollowRequest.Read(name, context, lookup, time);
        if (request is null)
        {
            await problem!.WriteAsync(context);
            return;
        }

        context.Response.ContentType = ContentType;
        // Proxies would hold the events back.
        context.Response.Headers["X-Accel-Buffering"] = "no";
        using var sink = new EventSink(context.Response);
        var end = await follower.RunAsync(request, sink, TokenHolder.Of(context), context.RequestAborted);
        sink.End(end);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        limit.CancelAfter(TimeSpan.FromSeconds(2));
        await sink.FlushAsync(limit.Token);
    }
}
