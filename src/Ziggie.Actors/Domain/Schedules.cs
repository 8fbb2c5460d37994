using Ziggie.Actors.Domain.Definitions;
using Ziggie.Actors.Domain.Definitions.Values;

namespace Ziggie.Actors.Domain;

/// <summary>
/// The moments that a schedule names. In the zone's own time, so that one at three o'clock is at three in summer and winter: on the day
/// when the hour is skipped it comes right after the gap, and on the day when the hour comes twice it comes once.
/// </summary>
public static class Schedules
{
    /// <summary>As far as a clock is set back without the times before having been wrong altogether.</summary>
    private static readonly TimeSpan LongestSetBack = TimeSpan.FromDays(2);

    /// <summary>Further than clocks are set back in any zone when summer ends.</summary>
    private static readonly TimeSpan LongestFold = TimeSpan.FromHours(3);

    /// <summary>How far back from now the last moment is looked for, ever further.</summary>
    private static readonly TimeSpan[] Looks =
        [TimeSpan.FromMinutes(1), TimeSpan.FromHours(1), TimeSpan.FromDays(1), TimeSpan.FromDays(31), TimeSpan.FromDays(366)];

    /// <summary>The first moment after another; null when there is none.</summary>
    public static DateTimeOffset? Next(SchedulePolicy schedule, DateTimeOffset after)
    {
        if (!CronText.TryParse(schedule.Cron, out var cron)) return null;
        var zone = ZoneOf(schedule);
        var next = cron.GetNextOccurrence(after, zone);
        // Of the hour that comes twice Cronos names the first moment of an interval once more, and then no other.
        while (next is { } moment && !CronText.NamesEveryHour(schedule.Cron) && ComesAgain(moment, zone)) next = cron.GetNextOccurrence(moment, zone);
        return next;
    }

    /// <summary>Whether clocks have shown this time before on this day: they were set back since.</summary>
    private static bool ComesAgain(DateTimeOffset moment, TimeZoneInfo zone)
    {
        var back = zone.GetUtcOffset(moment - LongestFold) - zone.GetUtcOffset(moment);
        return back > TimeSpan.Zero && zone.GetUtcOffset(moment - back) == zone.GetUtcOffset(moment - LongestFold);
    }

    /// <summary>The last moment that is not after now, given one that is not.</summary>
    public static DateTimeOffset Latest(SchedulePolicy schedule, DateTimeOffset moment, DateTimeOffset now)
    {
        // Missed ones count once, however many there are; a look at each of a year's seconds would take long, so begin close to now.
        const int mostSteps = 5000;
        foreach (var back in Looks)
        {
            if (now - back <= moment) break;
            if (Next(schedule, now - back) is not { } near || near > now) continue;
            moment = near;
            break;
        }
        for (var steps = 0; steps < mostSteps && Next(schedule, moment) is { } next && next <= now; steps++) moment = next;
        return moment;
    }

    /// <summary>The moment after which the schedule's moments count.</summary>
    /// <param name="state">The service.</param>
    /// <param name="schedule">Its schedule.</param>
    /// <param name="before">The answer before; null at the daemon's start.</param>
    /// <param name="now">By the wall clock.</param>
    public static DateTimeOffset From(ServiceState state, SchedulePolicy schedule, DateTimeOffset? before, DateTimeOffset now)
    {
        var first = before ?? (schedule.CatchUp ? state.LastSlot ?? state.CreatedAt : now);
        // Each moment once, also when the clock is set back; but one that lies days ahead was done by a clock that was wrong.
        return state.LastSlot is { } done && done > first && done - now <= LongestSetBack ? done : first;
    }

    private static TimeZoneInfo ZoneOf(SchedulePolicy schedule) =>
        schedule.TimeZone is { } name && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) ? zone : TimeZoneInfo.Local;
}
