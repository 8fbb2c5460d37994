using System.Net;
using System.Net.Sockets;
using Ziggie.Actors.Domain.Definitions;

namespace Ziggie.Actors.Services;

/// <summary>Probes over the loopback network; an expected failure is a result, never an exception.</summary>
public sealed class NetworkProbe : INetworkProbe, IDisposable
{
    private const int MaxBody = 1 << 20;

    private readonly HttpClient _http = new(new SocketsHttpHandler
    {
        UseProxy = false,
        AllowAutoRedirect = false,
        UseCookies = false,
        // Each look by a connection of its own: one that is kept would go on to answer when nothing new is accepted any more.
        PooledConnectionLifetime = TimeSpan.Zero,
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    public void Dispose() => _http.Dispose();

    /// <summary>A program may listen on either loopback address; one that accepts is enough.</summary>
    public async Task<ProbeResult> ConnectAsync(int port, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var first = await ConnectAsync(IPAddress.Loopback, port, timeout, cancellationToken);
        if (first.IsSuccess || !Socket.OSSupportsIPv6) return first;
        var second = await ConnectAsync(IPAddress.IPv6Loopback, port, timeout, cancellationToken);
        return second.IsSuccess ? second : first;
    }

    public async Task<ProbeResult> GetAsync(Probe.Http probe, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(timeout);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, probe.Url);
            request.Headers.ConnectionClose = true;
            foreach (var (key, value) in probe.Headers)
            {
                if (request.Headers.TryAddWithoutValidation(key, value)) continue;
                // Content-Type and its like, which .NET keeps with the body.
                request.Content ??= new ByteArrayContent([]);
                request.Content.Headers.TryAddWithoutValidation(key, value);
            }
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            var status = (int)response.StatusCode;
            if (status < probe.StatusFrom || status > probe.StatusTo) return new ProbeResult(false, $"{probe.Url} answered {status}.");
            if (probe.Contains is not { } wanted) return new ProbeResult(true, $"{probe.Url} answered {status}.");
            var body = await ReadBodyAsync(response, limit.Token);
            return body.Contains(wanted, StringComparison.Ordinal)
                ? new ProbeResult(true, $"{probe.Url} answered {status} with '{wanted}'.")
                : new ProbeResult(false, $"{probe.Url} answered {status} without '{wanted}'.");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new ProbeResult(false, $"{probe.Url} did not answer within {timeout.TotalSeconds:0.###}s.");
        }
        catch (Exception e) when (e is HttpRequestException or UriFormatException or InvalidOperationException or IOException)
        {
            return new ProbeResult(false, $"{probe.Url}: {Said(e)}");
        }
    }

    /// <summary>Of an answer that makes no sense only the inner one tells what was wrong with it.</summary>
    private static string Said(Exception e) =>
        e is HttpRequestException { HttpRequestError: not HttpRequestError.ConnectionError, InnerException: { } inner } ? inner.Message : e.Message;

    private static async Task<string> ReadBodyAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        var buffer = new byte[MaxBody];
        var length = await stream.ReadAtLeastAsync(buffer, MaxBody, throwOnEndOfStream: false, cancellationToken);
        return System.Text.Encoding.UTF8.GetString(buffer, 0, length);
    }

    private static async Task<ProbeResult> ConnectAsync(IPAddress address, int port, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(timeout);
        using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(new IPEndPoint(address, port), limit.Token);
            return new ProbeResult(true, $"Port {port} accepts connections.");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new ProbeResult(false, $"Port {port} did not accept a connection within {timeout.TotalSeconds:0.###}s.");
        }
        catch (SocketException e)
        {
            return new ProbeResult(false, $"Port {port}: {e.Message}.");
        }
    }
}
