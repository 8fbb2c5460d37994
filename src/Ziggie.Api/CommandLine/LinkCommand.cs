using System.Net.Sockets;
using Ziggie.Api.Contracts;
using Ziggie.Api.Hosting;

namespace Ziggie.Api.CommandLine;

/// <summary><c>link</c>: has the daemon that holds the home make a link that signs a user in to the dashboard once.</summary>
internal static class LinkCommand
{
    /// <param name="username">Whom it signs in; null for the first admin.</param>
    /// <param name="args">Settings, to find the home.</param>
    /// <param name="console">Gets the link, and nothing else.</param>
    public static async Task<int> RunAsync(string? username, string[] args, TextWriter console)
    {
        var home = ZiggieHost.HomeOf(args);
        using var client = DaemonClient.Open(home);
        try
        {
            using var answer = await client.PostAsync(
                username is null ? "/api/auth/link" : $"/api/auth/link?user={Uri.EscapeDataString(username)}", content: null);
            if (!answer.IsSuccessStatusCode) throw new StartRefusedException(ExitCodes.Failed, await DaemonClient.DetailOfAsync(answer));
            var made = await answer.Content.ReadFromJsonAsync(ApiJson.Web.LinkAnswer);
            await console.WriteLineAsync(made!.Link);
            return ExitCodes.Ok;
        }
        catch (HttpRequestException e)
        {
            // A daemon that was killed leaves its socket behind, on which nobody listens.
            throw new StartRefusedException(ExitCodes.Failed, e.InnerException is not SocketException
                ? $"The daemon with PID {HomeLock.HolderOf(home)} holds the home {home.Root} and does not answer: {e.Message}"
                : $"No daemon runs with the home {home.Root}, and only a running one can sign somebody in. Start it, or name another home with --ZIGGIE_HOME.");
        }
    }
}
