using Microsoft.JSInterop;

namespace Ziggie.Dashboard.Live;

/// <summary>The time zone of the browser, so that times of day are those of the one who looks; UTC until it is known.</summary>
public sealed class BrowserZone(IJSRuntime js)
{
    public TimeZoneInfo Zone { get; private set; } = TimeZoneInfo.Utc;

    /// <summary>"UTC", or nothing where the times are the reader's own.</summary>
    public string Suffix => Zone == TimeZoneInfo.Utc ? " UTC" : "";

    /// <summary>Asks the browser; true when times look different from then on.</summary>
    public async Task<bool> LearnAsync()
    {
        var before = Zone;
        try
        {
            await using var script = await js.InvokeAsync<IJSObjectReference>("import", "./_content/Ziggie.Dashboard/machine.js");
            var told = await script.InvokeAsync<ZoneName>("zone");
            Zone = Of(told.Name, told.MinutesBehind);
        }
        catch (JSDisconnectedException)
        {
            // The page is gone.
        }
        return !before.HasSameRules(Zone);
    }

    public DateTimeOffset Local(DateTimeOffset time) => TimeZoneInfo.ConvertTime(time, Zone);

    /// <summary>A moment from what the browser's own time says.</summary>
    public DateTimeOffset FromLocal(DateTime local) => local.Year is > 1 and < 9999
        ? new(local, Zone.IsInvalidTime(local) ? Zone.BaseUtcOffset : Zone.GetUtcOffset(local))
        : new(local, TimeSpan.Zero); // no offset leads out of the calendar

    /// <param name="name">As IANA has it.</param>
    /// <param name="minutesBehind">How far it is behind UTC now, for a system that does not know the name.</param>
    internal static TimeZoneInfo Of(string name, int minutesBehind) => TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone)
        ? zone
        : TimeZoneInfo.CreateCustomTimeZone(name, TimeSpan.FromMinutes(-Math.Clamp(minutesBehind, -840, 840)), name, name);

    private sealed record ZoneName(string Name, int MinutesBehind);
}
