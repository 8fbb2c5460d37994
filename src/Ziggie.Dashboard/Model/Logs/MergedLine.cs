using Ziggie.Processes.Output;

namespace Ziggie.Dashboard.Model.Logs;

/// <summary>A line of one of several logs.</summary>
/// <param name="Place">Where it is.</param>
/// <param name="Entry">What was printed.</param>
public readonly record struct MergedLine(LinePlace Place, LogEntry Entry);
