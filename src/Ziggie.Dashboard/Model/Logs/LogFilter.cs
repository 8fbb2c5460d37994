using Ziggie.Processes.Output;

namespace Ziggie.Dashboard.Model.Logs;

/// <summary>Which lines are shown, and what is marked in them.</summary>
/// <param name="Since">Not before.</param>
/// <param name="Until">Not after; nothing is followed then.</param>
/// <param name="Pattern">What is searched; null for nothing.</param>
/// <param name="OnlyMatches">Whether other lines are left out.</param>
public sealed record LogFilter(DateTimeOffset? Since = null, DateTimeOffset? Until = null, LinePattern? Pattern = null, bool OnlyMatches = false)
{
    /// <summary>The same range, and only the lines that match.</summary>
    public LogFilter Narrow() => this with { OnlyMatches = true };
}
