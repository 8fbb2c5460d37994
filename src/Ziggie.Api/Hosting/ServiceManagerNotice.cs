using System.Net.Sockets;
using System.Text;

namespace Ziggie.Api.Hosting;

/// <summary>Tells systemd (Type=notify, NotifyAccess=all) which process is the daemon and that it is up; says nothing elsewhere.</summary>
internal static class ServiceManagerNotice
{
    public static void Ready() => Send($"MAINPID={Environment.ProcessId}\nREADY=1\n");

    public static void Stopping() => Send("STOPPING=1\n");

    private static void Send(string state)
    {
        var path = Environment.GetEnvironmentVariable("NOTIFY_SOCKET");
        if (string.IsNullOrEmpty(path)) return;
        // An @ stands for the NUL of an abstract name.
        if (path[0] == '@') path = "\0" + path[1..];
        try
        {
            using var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
            socket.Connect(new UnixDomainSocketEndPoint(path));
            socket.Send(Encoding.UTF8.GetBytes(state));
        }
        catch (SocketException)
        {
            // Nobody listens: then nobody waits for it either.
        }
    }
}
