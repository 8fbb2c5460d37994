using System.Globalization;
using System.Web;
using Ziggie.Actors.Domain.Definitions.Values;
using Ziggie.Processes.Output;

namespace Ziggie.Dashboard.Model.Logs;

/// <summary>How logs are shown. Lives in the address of whatever page they are on, beside what else is there.</summary>
public sealed record LogViewState
{
    private static readonly string[] Keys = ["q", "regex", "only", "since", "until", "wrap", "times", "line"];

    /// <summary>What is searched.</summary>
    public string Text { get; init; } = "";

    public bool IsRegex { get; init; }

    /// <summary>Whether lines without a match are left out.</summary>
    public bool OnlyMatches { get; init; }

    /// <summary>A moment (ISO 8601), or how long ago ("15m"); null for no bound.</summary>
    public string? Since { get; init; }

    public string? Until { get; init; }

    public bool Wraps { get; init; } = true;

    public bool ShowsTimes { get; init; } = true;

    /// <summary>The line that the address points to, as <see cref="LogSource.LineName"/>.</summary>
    public string? Line { get; init; }

    /// <summary>Reads the query of an address; what makes no sense is left out.</summary>
    public static LogViewState Parse(string query)
    {
        var values = HttpUtility.ParseQueryString(query);
        return new LogViewState
        {
            Text = values["q"] ?? "",
            IsRegex = values["regex"] == "1",
            OnlyMatches = values["only"] == "1",
            Since = Known(values["since"]),
            Until = Known(values["until"]),
            Wraps = values["wrap"] != "off",
            ShowsTimes = values["times"] != "off",
            Line = values["line"],
        };

        static string? Known(string? text) => TryMoment(text, DateTimeOffset.UnixEpoch, out _) ? text : null;
    }

    /// <summary>The path and query of an address with this state; other keys of its query stay.</summary>
    public string Apply(string address)
    {
        var uri = new Uri(address);
        var values = HttpUtility.ParseQueryString(uri.Query);
        foreach (var key in Keys) values.Remove(key);
        if (Text.Length > 0) values["q"] = Text;
        if (IsRegex) values["regex"] = "1";
        if (OnlyMatches) values["only"] = "1";
        if (Since is not null) values["since"] = Since;
        if (Until is not null) values["until"] = Until;
        if (!Wraps) values["wrap"] = "off";
        if (!ShowsTimes) values["times"] = "off";
        if (Line is not null) values["line"] = Line;
        var pairs = values.AllKeys.Select(key => $"{Uri.EscapeDataString(key ?? "")}={Uri.EscapeDataString(values[key] ?? "")}");
        var query = string.Join("&", pairs);
        return query.Length == 0 ? uri.AbsolutePath : $"{uri.AbsolutePath}?{query}";
    }

    /// <summary>Which lines it wants.</summary>
    /// <exception cref="ArgumentException">The regular expression cannot be used; the message says why.</exception>
    public LogFilter Filter(DateTimeOffset now) => new(
        TryMoment(Since, now, out var since) ? since : null,
        TryMoment(Until, now, out var until) ? until : null,
        Text.Length > 0 ? LinePattern.Of(Text, IsRegex) : null,
        OnlyMatches && Text.Length > 0);

    /// <summary>Whether both show the same lines with the same marks.</summary>
    public bool ShowsSameAs(LogViewState other) => this with { Wraps = other.Wraps, ShowsTimes = other.ShowsTimes, Line = other.Line } == other;

    /// <summary>Reads a moment or how long ago.</summary>
    public static bool TryMoment(string? text, DateTimeOffset now, out DateTimeOffset moment)
    {
        moment = default;
        if (string.IsNullOrEmpty(text)) return false;
        if (DurationText.TryParse(text, out var ago) && ago <= now - DateTimeOffset.MinValue)
        {
            moment = now - ago;
            return true;
        }
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out moment);
    }
}
