using System.Net;
using System.Net.Sockets;

namespace Ziggie.Scenarios.Tests.Soak;

internal static class Ports
{
    /// <summary>One below those that the system gives out by itself, so that no other test gets it meanwhile.</summary>
    public static int Free()
    {
        while (true)
        {
            var port = Random.Shared.Next(20_000, 30_000);
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // taken
            }
        }
    }
}
