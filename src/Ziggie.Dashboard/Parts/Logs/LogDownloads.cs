using Ziggie.Dashboard.Model.Logs;

namespace Ziggie.Dashboard.Parts.Logs;

/// <summary>Where a log is had as a file.</summary>
internal static class LogDownloads
{
    /// <summary>The kept log of a service in the range that is shown.</summary>
    public static string Address(string service, LogViewState state, bool isCompressed)
    {
        List<string> parts = [];
        if (state.Since is { } since) parts.Add($"since={Uri.EscapeDataString(since)}");
        if (state.Until is { } until) parts.Add($"until={Uri.EscapeDataString(until)}");
        if (isCompressed) parts.Add("gzip=true");
        var query = parts.Count == 0 ? "" : "?" + string.Join("&", parts);
        return $"/api/services/{Uri.EscapeDataString(service)}/logs/download{query}";
    }
}
