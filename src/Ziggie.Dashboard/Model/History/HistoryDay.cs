using System.Globalization;
using Ziggie.Persistence.History;

namespace Ziggie.Dashboard.Model.History;

/// <summary>What happened on one day of the reader's calendar.</summary>
/// <param name="Date">In the reader's zone.</param>
/// <param name="Title">"Today", "Yesterday", "Wednesday, 25 November 2026".</param>
/// <param name="Entries">Newest first.</param>
public sealed record HistoryDay(DateOnly Date, string Title, IReadOnlyList<HistoryEntry> Entries)
{
    /// <summary>Puts entries, newest first, under their days; the order stays.</summary>
    public static IReadOnlyList<HistoryDay> Group(IEnumerable<HistoryEntry> entries, TimeZoneInfo zone, DateTimeOffset now)
    {
        var today = DateOf(now, zone);
        return [.. entries.GroupBy(entry => DateOf(entry.At, zone)).Select(day => new HistoryDay(day.Key, TitleOf(day.Key, today), [.. day]))];
    }

    private static DateOnly DateOf(DateTimeOffset time, TimeZoneInfo zone) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(time, zone).DateTime);

    private static string TitleOf(DateOnly date, DateOnly today) => (today.DayNumber - date.DayNumber) switch
    {
        0 => "Today",
        1 => "Yesterday",
        _ => date.ToString("dddd, d MMMM yyyy", CultureInfo.InvariantCulture),
    };
}
