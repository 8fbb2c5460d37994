using System.Text.Json;
using Ziggie.Api.Tests.Support;

namespace Ziggie.Scenarios.Tests.Support;

/// <summary>A service, spoken to through the API.</summary>
internal sealed class Service(ApiClient api, string name)
{
    public string Name => name;

    private string Path => $"/api/services/{name}";

    public async Task<JsonElement> StatusAsync() => (await api.GetAsync($"{Path}/status")).Ok();

    /// <summary>Null when it has no process.</summary>
    public async Task<int?> PidAsync() => (await StatusAsync()).Pid();

    /// <summary>start, stop or restart, with a query if need be.</summary>
    public Task<Answer> DoAsync(string command) => api.PostAsync($"{Path}/{command}");

    /// <summary>The PID.</summary>
    public async Task<int> StartAsync() => (await DoAsync("start")).Ok().GetProperty("pid").GetInt32();

    /// <summary>The PID.</summary>
    public async Task<int> RestartAsync() => (await DoAsync("restart")).Ok().GetProperty("pid").GetInt32();

    /// <summary>The sentence that it is answered with.</summary>
    public async Task<string> StopAsync(string query = "") => (await DoAsync($"stop{query}")).Ok().GetProperty("message").GetString()!;

    public Task<Answer> DeleteAsync(string query = "") => api.DeleteAsync(Path + query);

    public async Task<JsonElement> UntilAsync(Func<JsonElement, bool> fits, string what)
    {
        JsonElement status = default;
        await Wait.UntilAsync(async () => fits(status = await StatusAsync()), $"'{name}' {what}", () => status.ToString());
        return status;
    }

    public async Task<string[]> LinesAsync(int count = 10_000) =>
        [.. (await api.GetAsync($"{Path}/logs?lines={count}")).Ok().GetProperty("logs").EnumerateArray().Select(line => line.GetString()!)];

    /// <summary>The first line in its log that begins so, without the beginning.</summary>
    public async Task<string> PrintedAsync(string beginning) => (await PrintedAsync(beginning, 1))[0];

    /// <summary>So many lines that begin so, without the beginning.</summary>
    public async Task<string[]> PrintedAsync(string beginning, int count)
    {
        string[] lines = [], found = [];
        await Wait.UntilAsync(async () =>
        {
            lines = await LinesAsync();
            found = [.. lines.Where(line => line.StartsWith(beginning, StringComparison.Ordinal)).Select(line => line[beginning.Length..].Trim())];
            return found.Length >= count;
        }, $"'{name}' prints '{beginning}' {count} times", () => string.Join('|', lines));
        return found;
    }
}
