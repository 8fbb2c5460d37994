using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Ziggie.Actors;

/// <summary>The names under which Ziggie measures itself, for whoever listens. Without a listener it costs next to nothing.</summary>
public static class ZiggieTelemetry
{
    /// <summary>Of the meter and of the source of traces.</summary>
    public const string Name = "Ziggie";

    public static ActivitySource Source { get; } = new(Name);

    public static Meter Meter { get; } = new(Name);

    /// <summary>Seconds, by <c>command</c> and <c>outcome</c> (<c>done</c> or a refusal's code).</summary>
    internal static Histogram<double> CommandDuration { get; } =
        Meter.CreateHistogram<double>("ziggie.command.duration", "s", "From a command to its answer.");

    /// <summary>Seconds from the launch of a process until its run was ready.</summary>
    internal static Histogram<double> ReadyDuration { get; } =
        Meter.CreateHistogram<double>("ziggie.ready.duration", "s", "From the launch of a process until its run was ready.");

    internal static Counter<long> Launches { get; } =
        Meter.CreateCounter<long>("ziggie.launches", null, "Launches, by outcome: started or failed.");

    internal static Counter<long> Exits { get; } =
        Meter.CreateCounter<long>("ziggie.exits", null, "Ends of main processes, by outcome: success, failure, signal or unknown.");
}
