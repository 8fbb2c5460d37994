using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Text;
using Ziggie.Processes.Linux;

namespace Ziggie.Processes.Notify;

/// <summary>
/// Datagram sockets in Linux's abstract namespace, which a service of any user can reach, however long or closed the path of the home is.
/// Whoever is neither root, nor the daemon's user, nor the service's, is not heard.
/// </summary>
public sealed class NotifySockets : INotifySockets
{
    public INotifyListener? Listen(string runId, string? user, Action<Notification> received) =>
        OperatingSystem.IsLinux() ? new Listener(runId, user, received) : null;

    [SupportedOSPlatform("linux")]
    private sealed class Listener : INotifyListener
    {
        private const int LongestMessage = 4096;

        private readonly Socket _socket;
        private readonly HashSet<uint> _heard;
        private readonly Action<Notification> _received;

        public Listener(string runId, string? user, Action<Notification> received)
        {
            _received = received;
            _heard = [0, Native.EffectiveUser()];
            var shortage = 0;
            if (user is not null && UserAccount.Find(user, out shortage) is { } account) _heard.Add(account.Id);
            if (shortage != 0) throw new IOException($"User '{user}' cannot be looked up now: {Marshal.GetPInvokeErrorMessage(shortage)}.");
            Address = $"@ziggie/{runId}";
            _socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
            try
            {
                _socket.Bind(new UnixDomainSocketEndPoint('\0' + Address[1..]));
                Native.AskCredentials((int)_socket.Handle);
            }
            catch (SocketException error)
            {
                _socket.Dispose();
                throw new IOException($"The notification socket {Address} cannot be opened: {error.Message}.", error);
            }
            _ = ReceiveAsync();
        }

        public string Address { get; }

        public void Dispose() => _socket.Dispose();

        private async Task ReceiveAsync()
        {
            var one = new byte[1];
            var buffer = new byte[LongestMessage];
            try
            {
                while (true)
                {
                    await _socket.ReceiveAsync(one, SocketFlags.Peek);
                    var length = Native.ReceiveFrom((int)_socket.Handle, buffer, out var sender);
                    if (length >= 0 && _heard.Contains(sender)) _received(Notification.Parse(Encoding.UTF8.GetString(buffer, 0, length)));
                }
            }
            catch (Exception error) when (error is SocketException or ObjectDisposedException)
            {
                // closed
            }
        }
    }
}
