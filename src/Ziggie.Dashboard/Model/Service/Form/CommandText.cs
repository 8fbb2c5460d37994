using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Ziggie.Actors.Domain.Definitions.Values;

namespace Ziggie.Dashboard.Model.Service.Form;

/// <summary>A command as one line that is split into the same words again. What no quoting can say is a list in brackets.</summary>
public static class CommandText
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(IReadOnlyList<string> words)
    {
        var line = string.Join(' ', words.Select(Quote));
        return ShellWords.TrySplit(line, out var again, out _) && again.SequenceEqual(words) && !line.StartsWith('[')
            ? line
            : JsonSerializer.Serialize(words, Plain);
    }

    /// <summary>What the definition's reader takes: the text, or the list that it is.</summary>
    public static JsonNode Node(string text, bool shell)
    {
        if (!shell && text.StartsWith('[') && List(text) is { } words) return new JsonArray([.. words.Select(word => (JsonNode)word)]);
        return text;
    }

    private static ImmutableArray<string>? List(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<string[]>(text) is { } words && words.All(word => word is not null) ? [.. words] : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // In double quotes, where variables still are variables.
    private static string Quote(string word)
    {
        if (word.Length > 0 && word.All(c => char.IsAsciiLetterOrDigit(c) || "_-./:=@%+,${}".Contains(c))) return word;
        var quoted = new StringBuilder("\"");
        foreach (var c in word)
        {
            if (c is '"' or '\\') quoted.Append('\\');
            quoted.Append(c);
        }
        return quoted.Append('"').ToString();
    }
}
