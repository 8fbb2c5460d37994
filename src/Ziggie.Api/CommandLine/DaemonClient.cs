using System.Net.Sockets;
using System.Text.Json;
using Ziggie.Api.Hosting;

namespace Ziggie.Api.CommandLine;

/// <summary>Speaks to the daemon that holds a home, over the socket in it: whoever may open that is admin.</summary>
internal static class DaemonClient
{
    public static HttpClient Open(ZiggieHome home) => new(new SocketsHttpHandler
    {
        ConnectCallback = async (_, cancellationToken) =>
        {
            var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(home.Socket), cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        },
    })
    { BaseAddress = new Uri("http://localhost") };

    /// <summary>What an error says, or its status.</summary>
    public static async Task<string> DetailOfAsync(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync();
        try
        {
            using var problem = JsonDocument.Parse(text);
            if (problem.RootElement.GetProperty("detail").GetString() is { } detail) return detail;
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            // Then the status must do.
        }
        return answer.StatusCode.ToString();
    }
}
