using System.Text.RegularExpressions;
using Ziggie.Actors.Domain.Definitions;

namespace Ziggie.Actors.Tests.Configuration;

/// <summary>Files that are only said to be there: <c>["/etc/ziggie.yaml"] = "services: …"</c>.</summary>
internal sealed class MemoryFiles : Dictionary<string, string>, IConfigurationFiles
{
    public string Read(string path) => TryGetValue(path, out var text) ? text : throw new FileNotFoundException("There is no such file.");

    public IReadOnlyList<string> Find(string pattern) =>
        [.. Keys.Where(k => Regex.IsMatch(k, $"^{Regex.Escape(pattern).Replace("\\*", "[^/]*")}$")).Order(StringComparer.Ordinal)];
}
