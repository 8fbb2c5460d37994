namespace Ziggie.Dashboard.Model.Service.Form;

/// <summary>What was typed and not saved, as the browser keeps it: encrypted by the daemon, which alone can read it.</summary>
public sealed record DefinitionDraft
{
    /// <summary>The longest YAML that is kept: a message of the browser must hold it.</summary>
    public const int MostCharacters = 100_000;

    public bool IsYaml { get; init; }

    public string Yaml { get; init; } = "";

    public Dictionary<string, string> Values { get; init; } = [];

    public Dictionary<string, List<FormPair>> Pairs { get; init; } = [];

    public int Length => Yaml.Length + Values.Sum(v => v.Key.Length + v.Value.Length) + Pairs.Sum(p => p.Value.Sum(pair => pair.Key.Length + pair.Value.Length));
}
