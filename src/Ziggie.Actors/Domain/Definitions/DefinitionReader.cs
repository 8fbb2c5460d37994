using System.Text.Json;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using Ziggie.Actors.Domain.Definitions.Reading;

namespace Ziggie.Actors.Domain.Definitions;

/// <summary>
/// Reads and validates definitions. Collects every error instead of stopping at the first.
/// <list type="bullet">
/// <item>null is the same as leaving the key out.</item>
/// <item>YAML: a value is what its key needs, quoted or not: <c>port: "5000"</c> and <c>description: 42</c> are both fine.</item>
/// <item>JSON is taken at its types: <c>"port": "5000"</c> is refused. Only values of env, labels and headers and words of a command may be numbers or booleans.</item>
/// </list>
/// </summary>
public static class DefinitionReader
{
    /// <summary>One service as the API takes it: <c>{ "name": …, "command": … }</c>.</summary>
    /// <param name="json">The object.</param>
    /// <param name="name">The name in the route, which a name in the body must equal; null when the body must give it.</param>
    public static DefinitionResult ReadJson(JsonElement json, string? name = null) => ReadJson(json, name, ScalarKind.Text);

    /// <summary>One service whose values are texts as people type them: <c>"port": "5000"</c> is fine, as it is in YAML.</summary>
    /// <param name="form">The object.</param>
    public static DefinitionResult ReadForm(JsonObject form)
    {
        using var json = JsonDocument.Parse(form.ToJsonString());
        return ReadJson(json.RootElement, null, ScalarKind.Free);
    }

    private static DefinitionResult ReadJson(JsonElement json, string? name, ScalarKind texts)
    {
        var context = new ReadContext(null);
        try
        {
            var definition = ServiceReader.Read(context, JsonNodes.From(json, texts), name, default);
            return Result(context, definition is null ? [] : [definition]);
        }
        catch (JsonException)
        {
            context.Refuse(default(Place), "", "Holds a text that is not valid Unicode.");
            return Result(context, []);
        }
    }

    /// <summary>
    /// A text with the key <c>services</c>, a map from name to definition, and keys <c>x-…</c> for its own use. What includes other
    /// files is for <see cref="ConfigurationReader"/>.
    /// </summary>
    /// <param name="yaml">The text.</param>
    /// <param name="file">The file's path, for errors and as the base of relative folders; null when there is none.</param>
    public static DefinitionResult ReadYaml(string yaml, string? file = null)
    {
        var context = new ReadContext(file);
        var contents = ReadContents(context, yaml, mayInclude: false);
        return Result(context, [.. contents.Services.Select(s => s.Definition).OfType<ServiceDefinition>()]);
    }

    /// <summary>What one file says, without what it includes.</summary>
    internal static FileContents ReadContents(ReadContext context, string yaml, bool mayInclude)
    {
        try
        {
            return FileReader.Read(context, YamlNodes.Read(yaml), mayInclude);
        }
        catch (YamlException exception)
        {
            var place = new Place((int)exception.Start.Line, (int)exception.Start.Column);
            context.Refuse(place, "", $"The YAML cannot be read: {exception.Message}");
            return FileContents.None;
        }
    }

    private static DefinitionResult Result(ReadContext context, IReadOnlyList<ServiceDefinition> definitions) =>
        new(context.Errors.Count == 0 ? [.. definitions] : [], [.. context.Errors]);
}
