using Ziggie.Dashboard.Model.Logs;

namespace Ziggie.Dashboard.Parts.Logs;

/// <summary>The ranges of time that are offered.</summary>
internal static class LogRanges
{
    public const string Custom = "custom";

    public static readonly (string Value, string Words)[] Presets =
    [
        ("", "All time"), ("5m", "Last 5 minutes"), ("15m", "Last 15 minutes"), ("1h", "Last hour"), ("6h", "Last 6 hours"), ("1d", "Last 24 hours"),
        (Custom, "From … to …"),
    ];

    /// <summary>Which of them a state has.</summary>
    public static string Of(LogViewState state) =>
        state.Until is null && Presets.Any(preset => preset.Value == (state.Since ?? "")) ? state.Since ?? "" : Custom;
}
