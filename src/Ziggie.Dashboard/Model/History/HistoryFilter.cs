using System.Globalization;
using System.Web;
using Ziggie.Actors.Domain.Definitions;
using Ziggie.Actors.Domain.Definitions.Values;
using Ziggie.Persistence.History;

namespace Ziggie.Dashboard.Model.History;

/// <summary>What of the history is shown. Lives in the address of the page.</summary>
public sealed record HistoryFilter
{
    public const string Path = "/history";

    /// <summary>Also what can be no name, which nothing fits: without it everything would be shown.</summary>
    public string? Service { get; init; }

    /// <summary>A word of <see cref="KindGroups"/>, or kinds with commas between; null for all.</summary>
    public string? Kind { get; init; }

    public string? Who { get; init; }

    /// <summary>A moment (ISO 8601) or so long ago (24h); null for all.</summary>
    public string? Since { get; init; }

    public string? Until { get; init; }

    /// <summary>Shows how every service was then, instead of what happened.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>Whether no service can have that name.</summary>
    public bool IsNoName => Service is not null && !ServiceName.TryNormalize(Service, out _);

    public bool IsNarrow => (Service ?? Kind ?? Who ?? Since ?? Until) is not null;

    /// <summary>Reads the query of an address; what makes no sense is left out.</summary>
    public static HistoryFilter Parse(string query)
    {
        var values = HttpUtility.ParseQueryString(query);
        return new HistoryFilter
        {
            Service = values["service"]?.Trim() is not { Length: > 0 } text ? null : ServiceName.TryNormalize(text, out var service) ? service : text,
            Kind = values["kind"] is { Length: > 0 } kind && !KindGroups.Of(kind).IsEmpty ? kind : null,
            Who = values["who"]?.Trim() is { Length: > 0 and <= 100 } who ? who : null,
            Since = Known(values["since"]),
            Until = Known(values["until"]),
            At = TryMoment(values["at"], DateTimeOffset.UnixEpoch, out var at) && !IsSpan(values["at"]!) ? at : null,
        };
    }

    public string Address() => QueryText.Of(
        Path, ("service", Service), ("kind", Kind), ("who", Who), ("since", Since), ("until", Until), ("at", At is { } at ? Write(at) : null));

    public HistoryQuery ToQuery(DateTimeOffset now, int limit) => new()
    {
        Service = Service,
        Kinds = Kind is null ? [] : KindGroups.Of(Kind),
        Who = Who,
        Since = TryMoment(Since, now, out var since) ? since : null,
        Until = TryMoment(Until, now, out var until) ? until : null,
        Limit = limit,
    };

    /// <summary>As an address has it: in UTC, to the second.</summary>
    public static string Write(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    public static bool IsSpan(string text) => DurationText.TryParse(text, out _);

    /// <summary>A moment as written, or so long before now.</summary>
    public static bool TryMoment(string? text, DateTimeOffset now, out DateTimeOffset time)
    {
        time = default;
        if (text is null) return false;
        if (DurationText.TryParse(text, out var span))
        {
            if (now - DateTimeOffset.MinValue < span) return false;
            time = now - span;
            return true;
        }
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out time);
    }

    private static string? Known(string? text) => TryMoment(text, DateTimeOffset.MaxValue, out _) ? text : null;
}
