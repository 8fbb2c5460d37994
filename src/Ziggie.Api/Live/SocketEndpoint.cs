using System.Net.WebSockets;
using Ziggie.Api.Auth;
using Ziggie.Api.Contracts;
using Ziggie.Api.Endpoints;
using Ziggie.Api.Http;
using Ziggie.Api.RateLimits;

namespace Ziggie.Api.Live;

/// <summary>GET /api/services/ws: each change of the services as it happens.</summary>
internal static class SocketEndpoint
{
    public static readonly TextParameter Token =
        new("token", 4096, "The token; browsers cannot send a header with a WebSocket. The header Authorization is taken, too.");

    private static readonly WordParameter Mode =
        new("mode", ["full", "delta"], "full", "full: all services each time. delta: all of them once, then what has changed.");

    private static readonly BoolParameter Metrics =
        new("metrics", "Also a message with what the services and the machine use, each time that it is measured. Of use with mode=delta.");

    public static void Map(RouteGroupBuilder services) => services.MapGet("ws", AcceptAsync)
        .AllowAnonymous().RequireRateLimiting(RateLimitSettings.Read).WithMetadata(TakesAnyToken.Instance)
        .Describe("WatchServices", "Pushes each change of the services over a WebSocket",
            "Without a good token the WebSocket is accepted and closed with 1008 and the reason.")
        .WithQuery(Token, Mode, Metrics).Refuses(400, 403, 422, 429, 500)
        .Produces(101);

    public static Problem NotASocket(HttpContext context) => Problems.Create(400, "websocket_required",
        $"This route is for WebSockets: ws://HOST{context.Request.Path}?token=TOKEN.");

    private static async Task AcceptAsync(
        HttpContext context, AuthSettings settings, Tokens tokens, Broadcaster broadcaster, TimeProvider time)
    {
        if (!context.WebSockets.IsWebSocketRequest)
        {
            await NotASocket(context).WriteAsync(context);
            return;
        }

        var query = new QueryReader(context.Request.Query, time);
        var (mode, metrics) = (query.Word(Mode), query.Bool(Metrics));
        if (query.Problem is { } problem)
        {
            await problem.WriteAsync(context);
            return;
        }

        var guest = await SocketGuest.OfAsync(context, settings, tokens);
        if (guest.Refusal is not null)
        {
            await guest.TurnAwayAsync(context);
            return;
        }

        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        var client = new SocketClient(socket, guest.User!, guest.Token, mode is "delta", metrics, context.Abort);
        if (!broadcaster.Join(client)) client.Close(WebSocketCloseStatus.EndpointUnavailable, "The daemon is stopping");
        try
        {
            await client.RunAsync(context.RequestAborted);
        }
        finally
        {
            broadcaster.Leave(client);
        }
    }
}
