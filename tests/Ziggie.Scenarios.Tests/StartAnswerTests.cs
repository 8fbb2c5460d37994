using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Xunit;
using Xunit.Abstractions;
using Ziggie.Api.Tests.Support;
using Ziggie.Dummy;
using Ziggie.Scenarios.Tests.Support;

namespace Ziggie.Scenarios.Tests;

/// <summary>When a start answers, and how it reaches those who watch.</summary>
public sealed class StartAnswerTests(SharedDaemon shared, ITestOutputHelper output) : IClassFixture<SharedDaemon>
{
    private RealDaemon Daemon => shared.Daemon;

    [Fact]
    public async Task With_a_port_a_start_answers_once_the_port_accepts()
    {
        var port = FreePort();
        var gate = shared.Home.In("gate");
        // A grace that nobody could wait for shows that the port alone decides.
        var service = await Daemon.DefineAsync(
            new { name = "web", command = DummyProgram.Command("say", "waits", "wait-file", gate, "listen", $"{port}", "hang"), port });
        var start = service.DoAsync("start");
        await service.PrintedAsync("waits");
        Assert.False(start.IsCompleted);
        var status = await service.StatusAsync();
        Assert.Equal(("running", "starting", false), (status.Status(), status.Phase(), status.GetProperty("ready").GetBoolean()));

        await File.WriteAllTextAsync(gate, "");
        var watch = Stopwatch.StartNew();
        (await start).Ok();
        output.WriteLine($"Answered {watch.ElapsedMilliseconds} ms after the program was let go.");

        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port);
        status = await service.StatusAsync();
        Assert.Equal(("running", "healthy", true), (status.Phase(), status.Text("health"), status.GetProperty("ready").GetBoolean()));
        await service.StopAsync();
    }

    [Fact]
    public async Task Without_a_port_a_start_answers_after_its_grace()
    {
        var service = await Daemon.DefineAsync(new { name = "graced", command = "sleep 300", ready = new { grace = "2s" } });
        var watch = Stopwatch.StartNew();
        var start = service.DoAsync("start");
        await service.UntilAsync(s => s.Phase() == "starting", "is in its grace");
        Assert.False(start.IsCompleted);
        (await start).Ok();
        output.WriteLine($"Answered after {watch.ElapsedMilliseconds} ms.");
        Assert.True(watch.ElapsedMilliseconds >= 1900);
    }

    [Fact]
    public async Task A_watcher_sees_running_and_stopped()
    {
        await using var watcher = await WatchClient.ConnectAsync(Daemon, $"token={(await Daemon.AdminAsync()).Token}&mode=delta");
        var service = await Daemon.DefineAsync(new { name = "watched", command = "sleep 300", ready = new { grace = "50ms" } });
        var pid = await SeenAsync("start", "running");
        Assert.True(Proc.Lives(pid!.Value));
        Assert.Null(await SeenAsync("stop", "stopped"));

        async Task<int?> SeenAsync(string command, string phase)
        {
            var seen = watcher.NextAsync(message => Of(message, "watched") is { } shown && shown.Phase() == phase && shown.Status() == phase);
            (await service.DoAsync(command)).Ok();
            var answered = Stopwatch.GetTimestamp();
            var message = await seen;
            output.WriteLine($"{phase}: seen {Stopwatch.GetElapsedTime(answered).TotalMilliseconds:0.0} ms after the answer");
            return Of(message, "watched")!.Value.Pid();
        }
    }

    [Fact]
    public async Task A_bad_token_is_told_so_and_closed()
    {
        await using var bad = await WatchClient.ConnectAsync(Daemon, "token=nonsense");
        Assert.Equal((System.Net.WebSockets.WebSocketCloseStatus.PolicyViolation, "Authentication failed: Invalid token"), await bad.UntilClosedAsync());
        await using var none = await WatchClient.ConnectAsync(Daemon);
        Assert.Equal((System.Net.WebSockets.WebSocketCloseStatus.PolicyViolation, "Authentication required: No token provided"), await none.UntilClosedAsync());
    }

    private static System.Text.Json.JsonElement? Of(System.Text.Json.JsonElement message, string name) =>
        message.GetProperty("services").EnumerateArray().Cast<System.Text.Json.JsonElement?>().FirstOrDefault(service => service!.Value.Text("name") == name);

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
