using System.Net;
using System.Net.Sockets;
using Xunit;
using Ziggie.Processes.Ports;

namespace Ziggie.Processes.Tests.Ports;

public sealed class PortOwnerTests
{
    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("0.0.0.0")]
    [InlineData("::")]
    public void A_listener_on_any_address_is_found_with_its_process(string address)
    {
        if (address.Contains(':') && !Socket.OSSupportsIPv6) return;
        var listener = new TcpListener(IPAddress.Parse(address), 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        Assert.False(PortOwner.IsFree(port));
        var use = PortOwner.Find(port)!;
        Assert.Equal((port, Environment.ProcessId), (use.Port, use.Pid));
        Assert.Equal($"port {port} is in use by {use.Program} (PID {Environment.ProcessId})", use.ToString());
        Assert.Equal(File.ReadAllText("/proc/self/comm").Trim(), use.Program);
        listener.Stop();
    }

    [Fact]
    public void A_port_that_is_bound_but_not_listened_on_is_free()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var port = ((IPEndPoint)socket.LocalEndPoint!).Port;
        Assert.True(PortOwner.IsFree(port));
        Assert.Null(PortOwner.Find(port));
        socket.Listen();
        Assert.False(PortOwner.IsFree(port));
    }

    [Fact]
    public void Only_listeners_of_the_very_port_count()
    {
        string[] table =
        [
            "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode",
            "   0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 4711 1 0 100 0 0 10 0",
            "   1: 0100007F:A000 0100007F:1F90 01 00000000:00000000 00:00000000 00000000  1000        0 4712 1 0 100 0 0 10 0",
            "   2: 0100007F:1F90 0100007F:A000 01 00000000:00000000 00:00000000 00000000  1000        0 4713 1 0 100 0 0 10 0",
        ];
        Assert.Equal(["4711"], ListeningSockets.InodesIn(table, 8080));
        Assert.Empty(ListeningSockets.InodesIn(table, 80));
    }

    [Fact]
    public void A_listener_that_cannot_be_seen_is_told_as_that() =>
        Assert.Equal("port 80 is in use", new PortUse(80, null, null).ToString());
}
