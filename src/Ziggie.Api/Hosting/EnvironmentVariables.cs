using System.Collections;

namespace Ziggie.Api.Hosting;

internal static class EnvironmentVariables
{
    /// <summary>The daemon's own environment, as its services inherit it.</summary>
    public static IReadOnlyDictionary<string, string> Read() => Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
        .ToDictionary(entry => (string)entry.Key, entry => (string?)entry.Value ?? "");
}
