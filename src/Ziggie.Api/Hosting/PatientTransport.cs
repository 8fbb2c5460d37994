using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace Ziggie.Api.Hosting;

/// <summary>
/// Kestrel's sockets, accepted with patience. Its own loop takes a refused accept for a lost connection and asks again at once: with a
/// client waiting and no descriptor left, it would use up a processor for as long as that lasts.
/// </summary>
internal sealed class PatientTransport(ListenerSockets sockets, ILoggerFactory logs) : IConnectionListenerFactory
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult<IConnectionListener>(new Listener(sockets.Take(endpoint), logs.CreateLogger<PatientTransport>()));

    private sealed class Listener(Socket socket, ILogger log) : IConnectionListener
    {
        private readonly SocketConnectionContextFactory _connections = new(new SocketConnectionFactoryOptions(), log);

        public EndPoint EndPoint { get; } = socket.LocalEndPoint!;

        public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
        {
            while (true)
            {
                try
                {
                    var accepted = await socket.AcceptAsync(cancellationToken);
                    if (accepted.LocalEndPoint is IPEndPoint) accepted.NoDelay = true;
                    return _connections.Create(accepted);
                }
                catch (Exception e) when (e is ObjectDisposedException or SocketException { SocketErrorCode: SocketError.OperationAborted })
                {
                    return null;
                }
                catch (SocketException e)
                {
                    // Of a client that is gone already there is nothing to wait for.
                    if (e.SocketErrorCode is SocketError.ConnectionReset or SocketError.ConnectionAborted) continue;
                    await Task.Delay(Pause, cancellationToken);
                }
            }
        }

        public ValueTask UnbindAsync(CancellationToken cancellationToken = default)
        {
            socket.Dispose();
            return ValueTask.CompletedTask;
        }

        public ValueTask DisposeAsync()
        {
            socket.Dispose();
            _connections.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
