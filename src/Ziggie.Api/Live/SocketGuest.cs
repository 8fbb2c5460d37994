using System.Net.WebSockets;
using Ziggie.Api.Auth;

namespace Ziggie.Api.Live;

/// <summary>Who asks for a WebSocket. A browser can be told why it is refused only once it has one: by its close status.</summary>
/// <param name="User">Null when refused.</param>
/// <param name="Token">Null for those who need none.</param>
/// <param name="Refusal">What to close with; null when admitted.</param>
internal sealed record SocketGuest(string? User, TokenHolder? Token, string? Refusal)
{
    public const string BadToken = "Authentication failed: Invalid token";

    private const string NoToken = "Authentication required: No token provided";

    public static async Task<SocketGuest> OfAsync(HttpContext context, AuthSettings settings, Tokens tokens)
    {
        if (GivenToken(context) is not { } given)
        {
            var trusted = TrustedConnection.NameFor(context, settings);
            return new SocketGuest(trusted, null, trusted is null ? NoToken : null);
        }

        var holder = await tokens.ReadAsync(given);
        return holder is null ? new SocketGuest(null, null, BadToken) : new SocketGuest(holder.Principal.Identity?.Name, holder, null);
    }

    /// <summary>Accepts the WebSocket and closes it with the refusal.</summary>
    public async Task TurnAwayAsync(HttpContext context)
    {
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        var client = new SocketClient(socket, "", null, wantsChanges: false, wantsMetrics: false, context.Abort);
        client.Close(WebSocketCloseStatus.PolicyViolation, Refusal!);
        await client.RunAsync(context.RequestAborted);
    }

    private static string? GivenToken(HttpContext context)
    {
        if (context.Request.Query["token"].ToString() is { Length: > 0 } token) return token;
        var header = context.Request.Headers.Authorization.ToString();
        if (header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)) return header["Bearer ".Length..].Trim();
        return header is "" ? null : header;
    }
}
