using System.Globalization;
using Ziggie.Actors.Domain.Definitions.Values;

namespace Ziggie.Actors.Domain.Definitions.Reading;

/// <summary>
/// Reads single values; each returns null after it has said what is wrong. A YAML scalar is what its key needs, quoted or not.
/// JSON is taken at its types: a number in quotes is refused, because there it tells of a mistake in the client.
/// </summary>
internal static class ScalarReader
{
    /// <summary>Linux takes no longer argument or environment entry than 128 KiB.</summary>
    public const int LongestText = 100_000;

    public static bool? Boolean(this ReadContext context, Node node, string path)
    {
        if (context.Scalar(node, path, "true or false", ScalarKind.Boolean) is not { } text) return null;
        if (bool.TryParse(text, out var value)) return value;
        context.Refuse(node, path, $"{ReadContext.Quote(text)} is not true or false.");
        return null;
    }

    public static long? Integer(this ReadContext context, Node node, string path, long min, long max)
    {
        var expected = $"a whole number from {min} to {max}";
        if (context.Scalar(node, path, expected, ScalarKind.Number) is not { } text) return null;
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && value >= min && value <= max)
            return value;
        context.Refuse(node, path, $"{ReadContext.Quote(text)} is not {expected}.");
        return null;
    }

    public static double? Number(this ReadContext context, Node node, string path, double min, double max)
    {
        var expected = string.Create(CultureInfo.InvariantCulture, $"a number from {min} to {max}");
        if (context.Scalar(node, path, expected, ScalarKind.Number) is not { } text) return null;
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value >= min && value <= max)
            return value == 0 ? 0 : value; // Minus zero would be written back in another way.
        context.Refuse(node, path, $"{ReadContext.Quote(text)} is not {expected}.");
        return null;
    }

    public static TimeSpan? Duration(this ReadContext context, Node node, string path, TimeSpan min, TimeSpan max)
    {
        var expected = $"a duration such as {DurationText.Examples} (a bare number is seconds)";
        if (context.Scalar(node, path, expected, ScalarKind.Text, ScalarKind.Number) is not { } text) return null;
        if (!DurationText.TryParse(text, out var value))
            context.Refuse(node, path, $"{ReadContext.Quote(text)} is not {expected}.");
        else if (value < min || value > max)
            context.Refuse(node, path, $"{ReadContext.Quote(text)} is out of range: from {DurationText.Format(min)} to {DurationText.Format(max)} is allowed.");
        else
            return value;
        return null;
    }

    public static long? Size(this ReadContext context, Node node, string path, long min, long max = long.MaxValue)
    {
        var expected = $"a size such as {SizeText.Examples} (a bare number is bytes)";
        if (context.Scalar(node, path, expected, ScalarKind.Text, ScalarKind.Number) is not { } text) return null;
        if (!SizeText.TryParse(text, out var value))
            context.Refuse(node, path, $"{ReadContext.Quote(text)} is not {expected}.");
        else if (value < min || value > max)
            context.Refuse(node, path, $"{ReadContext.Quote(text)} is too {(value < min ? "small" : "large")}: {SizeText.Format(value < min ? min : max)} is the {(value < min ? "least" : "most")}.");
        else
            return value;
        return null;
    }

    public static T? Word<T>(this ReadContext context, Node node, string path, Words<T> words)
        where T : struct
    {
        var expected = $"one of {string.Join(", ", words.All)}";
        if (context.Scalar(node, path, expected, ScalarKind.Text) is not { } text) return null;
        if (words.TryParse(text, out var value)) return value;
        context.Refuse(node, path, $"{ReadContext.Quote(text)} is not {expected}.{Suggestions.For(text, words.All)}");
        return null;
    }

    /// <summary>A text that is not empty.</summary>
    public static string? Text(this ReadContext context, Node node, string path, string expected, int max = LongestText)
    {
        if (context.AnyText(node, path, expected, loose: false, max) is not { } text) return null;
        if (text.Length > 0) return text;
        context.Refuse(node, path, $"Is empty; write {expected}.");
        return null;
    }

    /// <param name="loose">Whether a JSON number or boolean stands for its text.</param>
    public static string? AnyText(
        this ReadContext context, Node node, string path, string expected, bool loose, int max = LongestText)
    {
        ScalarKind[] kinds = loose ? [ScalarKind.Text, ScalarKind.Number, ScalarKind.Boolean] : [ScalarKind.Text];
        if (context.Scalar(node, path, expected, kinds) is not { } text) return null;
        if (text.Length <= max) return text;
        context.Refuse(node, path, $"Is too long: {text.Length} characters, and {max} is the most.");
        return null;
    }

    /// <summary>The text of a scalar of one of the kinds.</summary>
    public static string? Scalar(this ReadContext context, Node node, string path, string expected, params ScalarKind[] kinds)
    {
        if (node is not ScalarNode scalar || (scalar.Kind != ScalarKind.Free && !kinds.Contains(scalar.Kind)))
        {
            context.RefuseKind(node, path, expected);
            return null;
        }

        if (!scalar.Text.Contains('\0')) return scalar.Text;
        context.Refuse(node, path, "Holds a NUL character, which no program can be given.");
        return null;
    }

    public static void RefuseKind(this ReadContext context, Node node, string path, string expected)
    {
        var found = node switch
        {
            MapNode => "a map",
            ListNode => "a list",
            ScalarNode { Kind: ScalarKind.Number } => "a number",
            ScalarNode { Kind: ScalarKind.Boolean } => "true or false",
            ScalarNode { Kind: ScalarKind.Null } => "nothing",
            _ => "a text",
        };
        context.Refuse(node, path, $"Expected {expected}, but found {found}.");
    }
}
