using System.Text.Json;
using Xunit;
using Ziggie.Actors.Domain.Definitions;

namespace Ziggie.Actors.Tests.Definitions;

/// <summary>Short ways to read a text that is expected to be right, or to be wrong in one way.</summary>
internal static class Read
{
    public static DefinitionResult Json(string json, string? name = null)
    {
        using var document = JsonDocument.Parse(json);
        return DefinitionReader.ReadJson(document.RootElement, name);
    }

    /// <summary>A service "web" with a command and the given keys, written in YAML, indented by any number of spaces.</summary>
    public static DefinitionResult Keys(string yaml) =>
        DefinitionReader.ReadYaml("services:\n  web:\n    command: run\n" + Indent(yaml));

    /// <summary>The same without a command.</summary>
    public static DefinitionResult Bare(string yaml) => DefinitionReader.ReadYaml("services:\n  web:\n" + Indent(yaml));

    public static ServiceDefinition Valid(string yaml) => Single(Keys(yaml));

    public static ServiceDefinition Single(DefinitionResult result)
    {
        Assert.True(result.IsValid, string.Join("\n", result.Errors));
        return Assert.Single(result.Definitions);
    }

    public static DefinitionError Error(string yaml) => Error(Keys(yaml));

    public static DefinitionError Error(DefinitionResult result)
    {
        Assert.Empty(result.Definitions);
        return Assert.Single(result.Errors);
    }

    private static string Indent(string yaml)
    {
        var lines = yaml.Split('\n').SkipWhile(string.IsNullOrWhiteSpace).ToArray();
        var margin = lines[0].Length - lines[0].TrimStart().Length;
        return string.Join('\n', lines.Select(l => "    " + l[Math.Min(margin, l.Length - l.TrimStart().Length)..])) + "\n";
    }
}
