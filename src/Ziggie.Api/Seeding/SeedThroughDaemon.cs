using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Ziggie.Actors.Domain.Definitions;
using Ziggie.Api.CommandLine;
using Ziggie.Api.Hosting;

namespace Ziggie.Api.Seeding;

/// <summary>Adds seeds by the API of the daemon that runs, over the socket in its home.</summary>
internal static class SeedThroughDaemon
{
    public static async Task<IReadOnlyList<string>> RunAsync(ZiggieHome home, IReadOnlyList<ServiceDefinition> seeds)
    {
        using var client = DaemonClient.Open(home);
        try
        {
            var added = new List<string>();
            foreach (var seed in seeds)
            {
                if (!await ExistsAsync(client, seed.Name) && await AddAsync(client, seed)) added.Add(seed.Name);
            }

            return added;
        }
        catch (HttpRequestException e)
        {
            throw new StartRefusedException(ExitCodes.Failed,
                $"The daemon with PID {HomeLock.HolderOf(home)} holds the home {home.Root} and does not answer: {e.Message}");
        }
    }

    private static async Task<bool> ExistsAsync(HttpClient client, string name)
    {
        using var answer = await client.GetAsync($"/api/services/{name}/status");
        if (answer.StatusCode is HttpStatusCode.NotFound) return false;
        return answer.IsSuccessStatusCode ? true : throw await RefusalAsync(answer, name);
    }

    // False when somebody else was quicker.
    private static async Task<bool> AddAsync(HttpClient client, ServiceDefinition seed)
    {
        var content = new StringContent(DefinitionWriter.WriteCompact(seed).ToJsonString(), Encoding.UTF8);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var answer = await client.PostAsync("/api/services", content);
        if (answer.StatusCode is HttpStatusCode.Conflict) return false;
        return answer.IsSuccessStatusCode ? true : throw await RefusalAsync(answer, seed.Name);
    }

    private static async Task<StartRefusedException> RefusalAsync(HttpResponseMessage answer, string name) =>
        new(ExitCodes.Failed, $"'{name}' could not be added: {await DaemonClient.DetailOfAsync(answer)}");
}
