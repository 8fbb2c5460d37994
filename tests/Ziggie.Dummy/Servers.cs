using System.Net;
using System.Net.Sockets;

namespace Ziggie.Dummy;

/// <summary>Listens on the loopback while later verbs run.</summary>
internal static class Servers
{
    public static void Listen(int port) => Serve(port, answer: []);

    public static void AnswerHttp(int port) =>
        Serve(port, [.. "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok"u8]);

    private static void Serve(int port, byte[] answer)
    {
        var listener = new TcpListener(IPAddress.Loopback, port);
        listener.Start();
        Output.Line($"listening {port}");
        _ = Task.Run(async () =>
        {
            while (true)
            {
                using var client = await listener.AcceptTcpClientAsync();
                if (answer.Length == 0) continue;
                var request = new byte[4096];
                _ = await client.GetStream().ReadAsync(request);
                await client.GetStream().WriteAsync(answer);
            }
        });
    }

    /// <summary>As sd_notify(3) does it.</summary>
    public static void Notify(string text)
    {
        var address = Environment.GetEnvironmentVariable("NOTIFY_SOCKET") ?? throw new InvalidOperationException("There is no NOTIFY_SOCKET.");
        using var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        socket.SendTo(System.Text.Encoding.UTF8.GetBytes(text), new UnixDomainSocketEndPoint(address.StartsWith('@') ? '\0' + address[1..] : address));
    }
}
