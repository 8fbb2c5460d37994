using Ziggie.Api.Hosting;

namespace Ziggie.Api.Record;

/// <summary>Reads <c>History:KeepFor</c>.</summary>
/// <param name="KeepFor">Null for ever.</param>
internal sealed record HistorySettings(TimeSpan? KeepFor)
{
    /// <summary>Less would take away what somebody is just looking at.</summary>
    private static readonly TimeSpan Least = TimeSpan.FromHours(1);

    public static HistorySettings Read(IConfiguration configuration)
    {
        const string key = "History:KeepFor";
        var text = configuration[key];
        if (string.IsNullOrWhiteSpace(text) || text.Trim().Equals("forever", StringComparison.OrdinalIgnoreCase)) return new HistorySettings((TimeSpan?)null);
        return Durations.TryParse(text, out var time) && time >= Least
            ? new HistorySettings(time)
            : throw StartRefusedException.BadSetting($"The setting {key} is '{text}'; it must be forever, or a time such as 90d, at least 1h.");
    }
}
