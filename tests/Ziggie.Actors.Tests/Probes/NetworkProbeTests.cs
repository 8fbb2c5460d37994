using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Xunit;
using Ziggie.Actors.Domain.Definitions;
using Ziggie.Actors.Services;

namespace Ziggie.Actors.Tests.Probes;

public sealed class NetworkProbeTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly NetworkProbe _probe = new();
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public NetworkProbeTests() => _listener.Start();

    public void Dispose()
    {
        _probe.Dispose();
        _listener.Dispose();
    }

    [Fact]
    public async Task Each_look_by_http_is_a_connection_of_its_own_with_all_its_headers()
    {
        var url = $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/health";
        var headers = ImmutableSortedDictionary<string, string>.Empty.Add("Accept", "text/plain").Add("Content-Type", "application/json");
        for (var look = 0; look < 2; look++)
        {
            var answer = _probe.GetAsync(new Probe.Http(url, 200, 399, null, headers), Limit, CancellationToken.None);
            var asked = await AnswerAsync();
            Assert.True((await answer).IsSuccess, (await answer).Message);
            Assert.Contains("Accept: text/plain\r\n", asked, StringComparison.Ordinal);
            Assert.Contains("Content-Type: application/json\r\n", asked, StringComparison.Ordinal);
            Assert.Contains("Connection: close\r\n", asked, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task An_answer_that_is_no_http_is_told_as_what_it_is()
    {
        var url = $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/";
        var answer = _probe.GetAsync(new Probe.Http(url, 200, 399, null, ImmutableSortedDictionary<string, string>.Empty), Limit, CancellationToken.None);
        using (var client = await _listener.AcceptTcpClientAsync())
            await client.GetStream().WriteAsync("SSH-2.0-dropbear\r\n"u8.ToArray());

        Assert.Contains("SSH-2.0-dropbear", (await answer).Message, StringComparison.Ordinal);
    }

    /// <summary>One connection that would go on for ever, were it not closed by whoever asked.</summary>
    private async Task<string> AnswerAsync()
    {
        using var limit = new CancellationTokenSource(Limit);
        using var client = await _listener.AcceptTcpClientAsync(limit.Token);
        var asked = new StringBuilder();
        var buffer = new byte[4096];
        while (!asked.ToString().Contains("\r\n\r\n", StringComparison.Ordinal))
            asked.Append(Encoding.ASCII.GetString(buffer, 0, await client.GetStream().ReadAsync(buffer, limit.Token)));
        await client.GetStream().WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"u8.ToArray(), limit.Token);
        while (await client.GetStream().ReadAsync(buffer, limit.Token) > 0) { }
        return asked.ToString();
    }
}
