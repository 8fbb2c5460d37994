using System.Text.Json;
using Ziggie.Api.Tests.Support;

namespace Ziggie.Scenarios.Tests.Support;

/// <summary>Sets of definitions, spoken of through the API by an admin.</summary>
internal static class ConfigClient
{
    public static Task<Answer> ApplyAsync(this RealDaemon daemon, string yaml, string query = "") =>
        daemon.Owner.SendAsync(HttpMethod.Post, $"/api/config/apply{query}", ApiClient.Text(yaml, "application/yaml"));

    public static async Task<JsonElement> ConfigAsync(this RealDaemon daemon) => (await daemon.Owner.GetAsync("/api/config")).Ok();

    /// <summary>Waits until the state of the file is so.</summary>
    public static async Task<JsonElement> UntilConfigAsync(this RealDaemon daemon, Func<JsonElement, bool> fits, string what)
    {
        JsonElement config = default;
        await Wait.UntilAsync(async () => fits(config = await daemon.ConfigAsync()), what, () => config.ToString());
        return config;
    }

    public static async Task<IReadOnlyList<string>> NamesAsync(this RealDaemon daemon, string prefix = "") =>
    [
        .. (await daemon.Owner.GetAsync("/api/services?page_size=200")).Ok().GetProperty("services").EnumerateArray()
            .Select(s => s.Text("name")!).Where(n => n.StartsWith(prefix, StringComparison.Ordinal)),
    ];

    /// <summary>"web changed" for each service of a plan or an apply.</summary>
    public static IEnumerable<string> Actions(this JsonElement answer) =>
        answer.GetProperty("services").EnumerateArray().Select(s => $"{s.Text("name")} {s.Text("action")}");
}
