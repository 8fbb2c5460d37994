using System.Net;
using System.Net.Sockets;

namespace Ziggie.Api.Hosting;

/// <summary>
/// The listening sockets, opened before anything else starts: a daemon whose port is taken must not have started services first.
/// Connections that come early wait in the backlog until Kestrel accepts them.
/// </summary>
internal sealed class ListenerSockets : IDisposable
{
    private const int Backlog = 512;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private readonly List<(EndPoint Asked, Socket Socket)> _sockets = [];

    /// <summary>The home's lock must be held: what lies at the socket's path is then stale.</summary>
    public static ListenerSockets Open(ListenSettings settings, ZiggieHome home)
    {
        var sockets = new ListenerSockets();
        try
        {
            foreach (var address in settings.Addresses) sockets.OpenTcp(address);
            sockets.OpenUnix(home.Socket);
            return sockets;
        }
        catch
        {
            sockets.Dispose();
            throw;
        }
    }

    /// <summary>Hands a socket to Kestrel, which owns it from then on.</summary>
    public Socket Take(EndPoint endPoint)
    {
        var index = _sockets.FindIndex(s => s.Asked.Equals(endPoint));
        if (index < 0) throw new InvalidOperationException($"Nothing was opened for {endPoint}.");
        var socket = _sockets[index].Socket;
        _sockets.RemoveAt(index);
        return socket;
    }

    public void Dispose() => _sockets.ForEach(s => s.Socket.Dispose());

    private void OpenTcp(ListenAddress address)
    {
        var endPoint = address.EndPoint;
        var socket = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            if (endPoint.Address.Equals(IPAddress.IPv6Any)) socket.DualMode = true;
            socket.Bind(endPoint);
            socket.Listen(Backlog);
            _sockets.Add((endPoint, socket));
        }
        catch (SocketException e)
        {
            socket.Dispose();
            throw Refusal(e, endPoint);
        }
    }

    private void OpenUnix(string path)
    {
        try
        {
            File.Delete(path);
            var endPoint = new UnixDomainSocketEndPoint(path);
            var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            _sockets.Add((endPoint, socket));
            socket.Bind(endPoint);
            if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, OwnerOnly);
            socket.Listen(Backlog);
        }
        catch (ArgumentOutOfRangeException)
        {
            throw StartRefusedException.BadSetting(
                $"The path of the socket {path} is longer than a socket's may be, 107 bytes on Linux. Name a home with a shorter one with ZIGGIE_HOME.");
        }
        catch (Exception e) when (e is SocketException or ArgumentException or IOException or UnauthorizedAccessException)
        {
            throw StartRefusedException.BadSetting(
                $"The socket {path} cannot be opened: {e.Message} Mend that, or name another home with ZIGGIE_HOME.");
        }
    }

    private static StartRefusedException Refusal(SocketException e, IPEndPoint endPoint) => e.SocketErrorCode switch
    {
        SocketError.AddressAlreadyInUse => new StartRefusedException(ExitCodes.PortInUse,
            $"Port {endPoint.Port} is in use{PortHolder.Describe(endPoint.Port)}. Stop that one, or listen elsewhere with --urls http://127.0.0.1:PORT."),
        SocketError.AccessDenied => StartRefusedException.BadSetting(
            $"Port {endPoint.Port} may not be opened by this user. Choose one above 1023 with --urls."),
        _ => StartRefusedException.BadSetting($"The daemon cannot listen on {endPoint}: {e.Message}."),
    };
}
