using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Ziggie.Actors.Domain.Definitions.Writing;

/// <summary>Writes JSON as block YAML that a person likes to read; a text is quoted whenever it could be taken for something else.</summary>
internal static class YamlText
{
    public static string Write(JsonObject root)
    {
        var text = new StringBuilder();
        WriteMap(text, root, 0);
        return text.ToString();
    }

    private static void WriteMap(StringBuilder text, JsonObject map, int indent)
    {
        foreach (var (key, value) in map)
        {
            text.Append(' ', indent).Append(Scalar(key)).Append(':');
            switch (value)
            {
                case JsonObject { Count: > 0 } inner:
                    text.Append('\n');
                    WriteMap(text, inner, indent + 2);
                    break;
                case JsonArray array:
                    text.Append(" [").AppendJoin(", ", array.Select(Inline)).Append("]\n");
                    break;
                default:
                    text.Append(' ').Append(Inline(value)).Append('\n');
                    break;
            }
        }
    }

    private static string Inline(JsonNode? value) => value switch
    {
        null => "null",
        JsonObject => "{}",
        JsonValue text when text.GetValueKind() == JsonValueKind.String => Scalar(text.GetValue<string>()),
        _ => value.ToJsonString(),
    };

    private static string Scalar(string text) => IsPlain(text) ? text : Quoted(text);

    /// <summary>Only what no version of YAML reads as a number, a boolean, null or syntax.</summary>
    private static bool IsPlain(string text) =>
        text.Length is > 0 and <= 100 && (char.IsAsciiLetter(text[0]) || text[0] == '/')
        && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.' or '/' or ' ')
        && text[^1] != ' '
        && text.ToLowerInvariant() is not ("null" or "true" or "false" or "yes" or "no" or "on" or "off" or "y" or "n");

    private static string Quoted(string text)
    {
        var result = new StringBuilder("\"");
        foreach (var c in text)
        {
            if (c is '"' or '\\') result.Append('\\').Append(c);
            else if (c == '\n') result.Append("\\n");
            else if (c == '\t') result.Append("\\t");
            else if (char.IsControl(c) || c is '\u2028' or '\u2029' or '\uFEFF' or '\uFFFE' or '\uFFFF')
                result.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}");
            else result.Append(c);
        }

        return result.Append('"').ToString();
    }
}
