using System.Net;
using System.Net.Sockets;
using Xunit;
using Ziggie.Scenarios.Tests.Support;

namespace Ziggie.Scenarios.Tests;

/// <summary>One home, one daemon; one port, one holder.</summary>
public sealed class HomeTests : Scenario
{
    [Fact]
    public async Task A_second_daemon_on_the_same_home_says_who_holds_it_and_the_first_is_undisturbed()
    {
        var first = await Home.StartAsync();
        var service = await first.DefineAsync(new { name = "kept", command = "sleep 300" });
        var pid = await service.StartAsync();

        var second = Home.Run(["--urls", "http://127.0.0.1:0"]);

        Assert.Equal(2, await second.ExitAsync());
        Assert.Contains($"PID {first.Pid}", second.Errors);
        Assert.Contains(Home.Root, second.Errors);
        Assert.Equal(pid, await service.PidAsync());
    }

    [Fact]
    public async Task A_home_whose_daemon_was_killed_is_free_at_once()
    {
        var first = await Home.StartAsync();
        await first.KillAsync();
        var second = await Home.StartAsync();
        Assert.Equal(200, (await second.Owner.GetAsync("/api/services")).Status);
    }

    [Fact]
    public async Task A_port_in_use_is_reported_with_its_holder_before_anything_is_started()
    {
        using var holder = new TcpListener(IPAddress.Loopback, 0);
        holder.Start();
        var port = ((IPEndPoint)holder.LocalEndpoint).Port;
        var program = Home.Run(["--urls", $"http://127.0.0.1:{port}"]);
        Assert.Equal(3, await program.ExitAsync());
        Assert.Contains($"Port {port} is in use", program.Errors);
        Assert.Contains($"PID {Environment.ProcessId}", program.Errors);
        Assert.False(File.Exists(Path.Combine(Home.Root, "ziggie.db")));
    }

    [Fact]
    public async Task It_listens_on_the_loopback_alone_unless_told()
    {
        var refused = Home.Run(["--urls", "http://0.0.0.0:0"]);
        Assert.Equal(4, await refused.ExitAsync());
        Assert.NotEmpty(refused.Errors);
        var daemon = await Home.StartAsync();
        Assert.True(IPAddress.IsLoopback(IPAddress.Parse(daemon.Address.Host)));
        Assert.Equal(["0100007F"], Listeners(daemon.Pid));
    }

    // The addresses on which the process listens, in the hexadecimal of /proc/net/tcp.
    private static List<string> Listeners(int pid)
    {
        var sockets = Directory.GetFileSystemEntries($"/proc/{pid}/fd").Select(path => new FileInfo(path).LinkTarget ?? "").ToHashSet();
        return [.. new[] { "/proc/net/tcp", "/proc/net/tcp6" }.SelectMany(file => File.ReadAllLines(file).Skip(1))
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(row => row[3] == "0A" && sockets.Contains($"socket:[{row[9]}]"))
            .Select(row => row[1].Split(':')[0])];
    }
}
