using System.Globalization;
using System.Text.RegularExpressions;
using Ziggie.Api.Contracts;
using Ziggie.Api.Hosting;

namespace Ziggie.Api.Http;

/// <summary>Reads a query string by its declared parameters and collects everything that is wrong. An empty value counts as none.</summary>
internal sealed partial class QueryReader(IQueryCollection query, TimeProvider time)
{
    private readonly Dictionary<string, string[]> _errors = [];

    /// <summary>Null when all is well; ask after the last parameter was read.</summary>
    public Problem? Problem => _errors.Count == 0 ? null : Problems.InvalidParameters(_errors);

    public int? Int(IntParameter parameter)
    {
        if (Text(parameter) is not { } text) return parameter.Default;
        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            && value >= parameter.Min && value <= parameter.Max)
        {
            return value;
        }

        return Fail<int?>(parameter, $"must be a whole number {Range(parameter)}, not '{text}'.");
    }

    public bool Bool(BoolParameter parameter) => Text(parameter)?.ToLowerInvariant() switch
    {
        null or "false" or "0" => false,
        "true" or "1" => true,
        var text => Fail<bool>(parameter, $"must be true or false, not '{text}'."),
    };

    public string? Word(WordParameter parameter)
    {
        if (Text(parameter)?.ToLowerInvariant() is not { } text) return parameter.Default;
        return parameter.Words.Contains(text)
            ? text
            : Fail<string?>(parameter, $"must be one of {string.Join(", ", parameter.Words)}, not '{text}'.");
    }

    public string? Text(TextParameter parameter)
    {
        var text = Text((QueryParameter)parameter);
        return text?.Length > parameter.MaxLength ? Fail<string?>(parameter, $"may have {parameter.MaxLength} characters.") : text;
    }

    public DateTimeOffset? Time(TimeParameter parameter)
    {
        if (Text(parameter) is not { } text) return null;
        // With a colon and no date it could be a time of the day as well as a duration, and the wrong one would show the wrong thing.
        if (!text.Contains(':') && Durations.TryParse(text, out var ago)) return time.GetUtcNow() - ago;
        // A plus sign that was not encoded arrives as a blank.
        if (text.Contains('T')) text = text.Replace(' ', '+');
        return IsDate().IsMatch(text) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment)
            ? moment
            : Fail<DateTimeOffset?>(parameter, $"must be a time like 2026-01-31T12:00:00Z or a duration like 10m, not '{text}'.");
    }

    [GeneratedRegex("^[0-9]{4}-[0-9]{2}-[0-9]{2}")]
    private static partial Regex IsDate();

    /// <summary>Adds an error of a check that only the caller can make.</summary>
    public void Fail(QueryParameter parameter, string message) => Fail<object?>(parameter, message);

    private static string Range(IntParameter parameter) =>
        parameter.Max == int.MaxValue ? $"from {parameter.Min} on" : $"from {parameter.Min} to {parameter.Max}";

    private string? Text(QueryParameter parameter)
    {
        var values = query[parameter.Name];
        if (values.Count > 1) return Fail<string?>(parameter, "is given more than once.");
        return string.IsNullOrWhiteSpace(values) ? null : values.ToString();
    }

    private T? Fail<T>(QueryParameter parameter, string message)
    {
        _errors[parameter.Name] = [message];
        return default;
    }
}
