using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Xunit;

namespace Ziggie.Api.Tests.Support;

/// <summary>A client of the WebSocket.</summary>
public sealed class WatchClient : IAsyncDisposable
{
    private readonly ClientWebSocket _socket = new();
    private readonly byte[] _buffer = new byte[64 * 1024];

    public WebSocketCloseStatus? CloseStatus => _socket.CloseStatus;

    public string? CloseReason => _socket.CloseStatusDescription;

    public static Task<WatchClient> ConnectAsync(Daemon daemon, string query = "", params (string Name, string Value)[] headers) =>
        ConnectToAsync(daemon, "/api/services/ws", query, headers);

    public static async Task<WatchClient> ConnectToAsync(Daemon daemon, string path, string query, params (string Name, string Value)[] headers)
    {
        var client = new WatchClient();
        foreach (var (name, value) in headers) client._socket.Options.SetRequestHeader(name, value);
        using var limit = new CancellationTokenSource(Wait.Limit);
        await client._socket.ConnectAsync(
            new UriBuilder(daemon.Address) { Scheme = "ws", Path = path, Query = query }.Uri, limit.Token);
        return client;
    }

    /// <summary>Through the socket in the home.</summary>
    public static async Task<WatchClient> ConnectLocalAsync(Daemon daemon)
    {
        var client = new WatchClient();
        using var limit = new CancellationTokenSource(Wait.Limit);
        using var invoker = new HttpMessageInvoker(new SocketsHttpHandler
        {
            ConnectCallback = async (_, cancellationToken) =>
            {
                var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(Path.Combine(daemon.Home, "run", "ziggie.sock")), cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            },
        });
        await client._socket.ConnectAsync(new Uri("ws://anything/api/services/ws"), invoker, limit.Token);
        return client;
    }

    /// <summary>The next message; null when the daemon has closed.</summary>
    public async Task<JsonElement?> NextAsync()
    {
        using var limit = new CancellationTokenSource(Wait.Limit);
        using var text = new MemoryStream();
        while (true)
        {
            var part = await _socket.ReceiveAsync(_buffer.AsMemory(), limit.Token);
            if (part.MessageType is WebSocketMessageType.Close) return null;
            text.Write(_buffer, 0, part.Count);
            if (!part.EndOfMessage) continue;
            using var document = JsonDocument.Parse(text.ToArray());
            return document.RootElement.Clone();
        }
    }

    /// <summary>The first message that fits; those before it are passed over.</summary>
    public async Task<JsonElement> NextAsync(Func<JsonElement, bool> fits)
    {
        var end = Environment.TickCount64 + (long)Wait.Limit.TotalMilliseconds;
        while (true)
        {
            var message = await NextAsync();
            Assert.True(message is not null, $"The daemon closed with {CloseStatus}: {CloseReason}");
            if (fits(message.Value)) return message.Value;
            Assert.True(Environment.TickCount64 < end, "Waited in vain for a message.");
        }
    }

    /// <summary>Reads on until the daemon closes.</summary>
    public async Task<(WebSocketCloseStatus? Status, string? Reason)> UntilClosedAsync()
    {
        while (await NextAsync() is not null) { }
        return (CloseStatus, CloseReason);
    }

    public Task SayAsync(string text) =>
        _socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);

    /// <summary>Says farewell and waits for the daemon's.</summary>
    public async Task CloseAsync()
    {
        using var limit = new CancellationTokenSource(Wait.Limit);
        await _socket.CloseAsync(WebSocketCloseStatus.NormalClosure, "", limit.Token);
    }

    public ValueTask DisposeAsync()
    {
        _socket.Dispose();
        return ValueTask.CompletedTask;
    }
}
