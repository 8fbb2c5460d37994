using System.Net.WebSockets;
using Ziggie.Api.Auth;
using Ziggie.Api.Endpoints;
using Ziggie.Api.Http;
using Ziggie.Api.Live;
using Ziggie.Api.RateLimits;

namespace Ziggie.Api.Logs;

/// <summary>GET /api/services/{name}/logs/ws: what a service prints, over a WebSocket.</summary>
internal static class LogSocketEndpoint
{
    private static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(5);

    public static void Map(RouteGroupBuilder services) => services.MapGet("{name}/logs/ws", AcceptAsync)
        .AllowAnonymous().RequireRateLimiting(RateLimitSettings.Logs).WithMetadata(TakesAnyToken.Instance)
        .Describe("WatchServiceLogs", "Follows what a service prints, over a WebSocket", """
            As the stream, in text messages: {"type":"line","id":"1520","position":1500,"time":"2026-01-31T12:00:00Z","text":"…"} and
            {"type":"gap","id":"1520","missed_bytes":1000,"reason":"rotated"}, or an array of them when many come at once. Without a good
            token the WebSocket is accepted and closed with 1008 and the reason; 1001 when the daemon stops, 1000 when the service is removed.
            """)
        .WithQuery(FollowRequest.LinesParameter, FollowRequest.PositionParameter, StreamParameter.Parameter, SocketEndpoint.Token)
        .Refuses(400, 403, 404, 422, 429, 500).Produces(101);

    private static async Task AcceptAsync(
        string name, HttpContext context, AuthSettings settings, Tokens tokens, ServiceLookup lookup, LogFollower follower, TimeProvider time)
    {
        if (!context.WebSockets.IsWebSocketRequest)
        {
            await SocketEndpoint.NotASocket(context).WriteAsync(context);
            return;
        }

        var guest = await SocketGuest.OfAsync(context, settings, tokens);
        if (guest.Refusal is not null)
        {
            await guest.TurnAwayAsync(context);
            return;
        }

        var (request, problem) = FollowRequest.Read(name, context, lookup, time);
        if (request is null)
        {
            await problem!.WriteAsync(context);
            return;
        }

        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        await ServeAsync(socket, request, guest.Token, follower, context.RequestAborted);
    }

    private static async Task ServeAsync(
        WebSocket socket, FollowRequest request, TokenHolder? token, LogFollower follower, CancellationToken aborted)
    {
        using var left = CancellationTokenSource.CreateLinkedTokenSource(aborted);
        using var sink = new SocketSink(socket);
        var receiving = ReceiveAsync(socket, left);
        try
        {
            var end = await follower.RunAsync(request, sink, token, left.Token);
            var (status, reason) = Farewell(end);
            await socket.CloseOutputAsync(status, reason, aborted);
            await receiving.WaitAsync(CloseTimeout, aborted);
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or TimeoutException or IOException)
        {
            // The client is gone, or does not read or answer the farewell.
            if (socket.State is WebSocketState.CloseReceived) await AnswerFarewellAsync(socket, aborted);
        }
        finally
        {
            socket.Abort();
            await receiving;
        }
    }

    private static (WebSocketCloseStatus Status, string Reason) Farewell(FollowEnd end) => end switch
    {
        FollowEnd.Stopping => (WebSocketCloseStatus.EndpointUnavailable, "The daemon is stopping"),
        FollowEnd.TokenEnded => (WebSocketCloseStatus.PolicyViolation, SocketGuest.BadToken),
        FollowEnd.Removed => (WebSocketCloseStatus.NormalClosure, "The service was removed"),
        _ => throw new ArgumentOutOfRangeException(nameof(end), end, null),
    };

    private static async Task AnswerFarewellAsync(WebSocket socket, CancellationToken aborted)
    {
        try
        {
            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, aborted).WaitAsync(CloseTimeout, aborted);
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or TimeoutException or IOException)
        {
            // It did not wait.
        }
    }

    // What clients say is ignored; reading it notices pings and the farewell.
    private static async Task ReceiveAsync(WebSocket socket, CancellationTokenSource left)
    {
        var buffer = new byte[512];
        try
        {
            while ((await socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None)).MessageType is not WebSocketMessageType.Close) { }
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or IOException or ObjectDisposedException)
        {
            // Gone without a farewell.
        }

        left.Cancel();
    }
}
