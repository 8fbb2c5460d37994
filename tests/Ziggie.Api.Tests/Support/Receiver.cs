using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Ziggie.Api.Tests.Support;

/// <summary>A real HTTP server on a port of its own that keeps what it is sent.</summary>
public sealed class Receiver : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Queue<int> _answers;

    /// <param name="answers">Status codes for the first requests; then 204.</param>
    public Receiver(params int[] answers)
    {
        _answers = new Queue<int>(answers);
        using (var probe = new TcpListener(IPAddress.Loopback, 0))
        {
            probe.Start();
            Address = new Uri($"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}/");
        }
        _listener.Prefixes.Add(Address.ToString());
        _listener.Start();
        _ = Task.Run(ReceiveAsync);
    }

    public Uri Address { get; }

    public ConcurrentQueue<Received> Requests { get; } = [];

    /// <summary>Answers wait for it.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    public void Dispose() => _listener.Close();

    private async Task ReceiveAsync()
    {
        while (true)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
            using var body = new MemoryStream();
            await context.Request.InputStream.CopyToAsync(body);
            var headers = context.Request.Headers.AllKeys.ToDictionary(k => k!, k => context.Request.Headers[k]!, StringComparer.OrdinalIgnoreCase);
            var status = _answers.TryDequeue(out var next) ? next : 204;
            Requests.Enqueue(new Received(context.Request.Url!.AbsolutePath, headers, body.ToArray(), status));
            await Gate;
            context.Response.StatusCode = status;
            context.Response.Close();
        }
    }
}

/// <param name="Path">Of the URL.</param>
/// <param name="Headers">By name.</param>
/// <param name="Body">As it came.</param>
/// <param name="Status">As which it was answered.</param>
public sealed record Received(string Path, IReadOnlyDictionary<string, string> Headers, byte[] Body, int Status);
