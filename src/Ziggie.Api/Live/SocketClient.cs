using System.Net.WebSockets;
using System.Threading.Channels;
using Ziggie.Api.Auth;

namespace Ziggie.Api.Live;

/// <summary>One open WebSocket: a bounded queue of messages, one task that sends them and one that reads what the client says.</summary>
/// <param name="socket">Accepted.</param>
/// <param name="user">Who it is.</param>
/// <param name="token">Null for those who need none.</param>
/// <param name="wantsChanges">Snapshot once, then changes; else the whole each time.</param>
/// <param name="wantsMetrics">What services use, with each sample.</param>
/// <param name="abort">Ends the connection at once, a write that waits for the client included.</param>
internal sealed class SocketClient(WebSocket socket, string user, TokenHolder? token, bool wantsChanges, bool wantsMetrics, Action abort)
{
    private static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(5);

    private readonly Channel<byte[]> _queue =
        Channel.CreateBounded<byte[]>(new BoundedChannelOptions(SocketSettings.QueueLength) { SingleReader = true });

    private long _queuedBytes;
    private (WebSocketCloseStatus Status, string Reason) _farewell = (WebSocketCloseStatus.NormalClosure, "");

    public string User => user;

    public TokenHolder? Token => token;
    public bool WantsChanges => wantsChanges;

    public bool WantsMetrics => wantsMetrics;

    /// <summary>Queues a message; a client that does not read is dropped, never waited for.</summary>
    public void Send(byte[] message)
    {
        var queued = Interlocked.Add(ref _queuedBytes, message.Length);
        var fits = queued <= Math.Max(SocketSettings.QueueBytes, message.Length);
        if ((fits && _queue.Writer.TryWrite(message)) || _queue.Reader.Completion.IsCompleted) return;
        _queue.Writer.TryComplete();
        abort();
    }

    /// <summary>Closes after what is queued.</summary>
    public void Close(WebSocketCloseStatus status, string reason)
    {
        _farewell = (status, reason);
        _queue.Writer.TryComplete();
    }

    /// <summary>Ends when the connection is over.</summary>
    public async Task RunAsync(CancellationToken aborted)
    {
        var receiving = ReceiveAsync(aborted);
        try
        {
            await SendAllAsync(aborted);
            if (socket.State is WebSocketState.Open) await socket.CloseOutputAsync(_farewell.Status, _farewell.Reason, aborted);
            else if (socket.State is WebSocketState.CloseReceived)
                await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, aborted);
            await receiving.WaitAsync(CloseTimeout, aborted);
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or TimeoutException or IOException)
        {
            // The client is gone, was dropped, or does not answer the farewell.
        }
        finally
        {
            socket.Abort();
            await receiving;
        }
    }

    private async Task SendAllAsync(CancellationToken aborted)
    {
        await foreach (var message in _queue.Reader.ReadAllAsync(aborted))
        {
            if (socket.State is not WebSocketState.Open) return;
            await socket.SendAsync(message, WebSocketMessageType.Text, endOfMessage: true, aborted);
            Interlocked.Add(ref _queuedBytes, -message.Length);
        }
    }

    // What clients say is ignored; reading it notices pings and the farewell.
    private async Task ReceiveAsync(CancellationToken aborted)
    {
        var buffer = new byte[512];
        try
        {
            while ((await socket.ReceiveAsync(buffer.AsMemory(), aborted)).MessageType is not WebSocketMessageType.Close) { }
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or IOException or ObjectDisposedException)
        {
            // Gone without a farewell.
        }
        finally
        {
            _queue.Writer.TryComplete();
        }
    }
}
