namespace Ziggie.Actors.Domain.Definitions;

/// <summary>The JSON schema (draft 2020-12) of the YAML file, by which editors complete and check it.</summary>
public static class DefinitionSchema
{
    private static readonly Lazy<string> Loaded = new(() =>
    {
        using var stream = typeof(DefinitionSchema).Assembly.GetManifestResourceStream("definitions.schema.json")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    });

    public static string Text => Loaded.Value;
}
