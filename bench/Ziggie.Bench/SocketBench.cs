using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.WebSockets;
using System.Text;

namespace Ziggie.Bench;

/// <summary>From a crash of a service, which is a change that nobody asked for, to the message at the last WebSocket client.</summary>
internal static class SocketBench
{
    private const int Services = 100;
    private const int Changes = 100;

    public static async Task RunAsync(Options options)
    {
        var (daemon, _) = await Daemon.StartAsync(options, Daemon.NewHome());
        await using var owned = daemon;
        for (var index = 0; index < Services; index++)
        {
            await daemon.CreateAsync(Templates.Sleeper(index, autostart: false));
            await daemon.PostAsync($"/api/services/{Templates.Name(index)}/start");
        }
        foreach (var (clients, mode) in ((int, string)[])[(1, "delta"), (100, "delta"), (1000, "delta"), (1, "full"), (100, "full")])
        {
            await MeasureAsync(daemon, 1, "delta", null);
            await MeasureAsync(daemon, clients, mode, $"kill -9 to the message that it is down, last of {clients} WebSockets, {mode}, {Services} services");
        }
    }

    private static async Task MeasureAsync(Daemon daemon, int count, string mode, string? title)
    {
        using var stop = new CancellationTokenSource();
        var seen = new ConcurrentQueue<long>();
        var wanted = Array.Empty<byte>();
        var clients = new List<ClientWebSocket>();
        var readers = new List<Task>();
        using var http = new HttpMessageInvoker(daemon.Handler());
        for (var i = 0; i < count; i++)
        {
            var socket = new ClientWebSocket();
            await socket.ConnectAsync(new Uri($"ws://localhost/api/services/ws?mode={mode}"), http, CancellationToken.None);
            clients.Add(socket);
            var waitsFor = Array.Empty<byte>();
            readers.Add(ReadAsync(socket, message =>
            {
                var now = Volatile.Read(ref wanted);
                // One note for each change, though later messages may name the old PID as well.
                if (now.Length == 0 || ReferenceEquals(now, waitsFor) || message.IndexOf(now) < 0) return;
                waitsFor = now;
                seen.Enqueue(Stopwatch.GetTimestamp());
            }, stop.Token));
        }

        List<double> samples = [];
        for (var change = 0; change < (title is null ? 10 : Changes); change++)
        {
            // Restarts are budgeted: each service dies seldom.
            var name = Templates.Name(change % Services);
            await daemon.PostAsync($"/api/services/{name}/restart");
            await Task.Delay(150);
            var status = await daemon.StatusAsync(name);
            seen.Clear();
            // With the next state the restart count has grown: that is what clients look for.
            Volatile.Write(ref wanted, Encoding.UTF8.GetBytes($"\"restarts\":{status.GetProperty("restarts").GetInt32() + 1},"));
            var begin = Stopwatch.GetTimestamp();
            _ = Daemon.Kill(status.GetProperty("pid").GetInt32(), 9);
            await Wait.UntilAsync(() => Task.FromResult(seen.Count >= count), pauseMilliseconds: 1, limitSeconds: 20);
            samples.Add(Stopwatch.GetElapsedTime(begin, seen.Max()).TotalMilliseconds);
            Volatile.Write(ref wanted, []);
            await daemon.PostAsync($"/api/services/{name}/restart");
        }

        await stop.CancelAsync();
        await Task.WhenAll(readers);
        foreach (var client in clients) client.Dispose();
        if (title is not null) Report.Samples(title, samples, "ms");
    }

    private delegate void Look(ReadOnlySpan<byte> message);

    private static async Task ReadAsync(ClientWebSocket socket, Look look, CancellationToken stop)
    {
        var buffer = new byte[256 * 1024];
        try
        {
            while (true)
            {
                var length = 0;
                ValueWebSocketReceiveResult part;
                do
                {
                    part = await socket.ReceiveAsync(buffer.AsMemory(length), stop);
                    length += part.Count;
                }
                while (!part.EndOfMessage);
                look(buffer.AsSpan(0, length));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or WebSocketException)
        {
            // The measurement is over.
        }
    }
}
