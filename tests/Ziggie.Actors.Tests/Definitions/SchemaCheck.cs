using System.Text.Json.Nodes;
using NJsonSchema;
using Ziggie.Actors.Domain.Definitions;
using Ziggie.Actors.Domain.Definitions.Reading;

namespace Ziggie.Actors.Tests.Definitions;

/// <summary>Holds YAML against the published schema, as an editor does.</summary>
internal static class SchemaCheck
{
    /// <summary>The library knows the older name of the definitions alone.</summary>
    private static readonly JsonSchema Schema = JsonSchema.FromJsonAsync(DefinitionSchema.Text.Replace("$defs", "definitions")).GetAwaiter().GetResult();

    /// <summary>Empty when it fits.</summary>
    public static IEnumerable<string> Errors(string yaml) =>
        Schema.Validate(Json(YamlNodes.Read(yaml)!)?.ToJsonString() ?? "null").Select(e => e.ToString());

    /// <summary>The same for JSON, whose quotes tell a text from a number.</summary>
    public static IEnumerable<string> ErrorsIn(string json) => Schema.Validate(json).Select(e => e.ToString());

    private static JsonNode? Json(Node node) => node switch
    {
        MapNode map => new JsonObject(map.Entries.Select(e => KeyValuePair.Create(e.Key, Json(e.Value)))),
        ListNode list => new JsonArray([.. list.Items.Select(Json)]),
        ScalarNode { IsNull: true } => null,
        ScalarNode scalar => Scalar(scalar.Text),
        _ => throw new NotSupportedException(),
    };

    /// <summary>A number or a boolean where it looks like one, as in plain YAML.</summary>
    private static JsonNode Scalar(string text)
    {
        if (text is "true" or "false") return text == "true";
        return text.Length < 15 && System.Text.RegularExpressions.Regex.IsMatch(text, @"^-?(0|[1-9][0-9]*)(\.[0-9]+)?$") ? JsonNode.Parse(text)! : JsonValue.Create(text);
    }
}
