using Ziggie.Actors.Domain.Definitions;
using Ziggie.Actors.Domain.Definitions.Values;
using Ziggie.Processes;

namespace Ziggie.Actors.Domain;

/// <summary>The sentences in which a service explains itself.</summary>
public static partial class ServiceCore
{
    /// <summary>The words that events store for why something is wanted.</summary>
    public static class Whys
    {
        public const string Start = "start";
        public const string Restart = "restart";
        public const string Autostart = "autostart";
        public const string Schedule = "schedule";
        public const string Resume = "resume";
        public const string Stop = "stop";
        public const string Remove = "remove";
    }

    /// <summary>"2h 14m", "12s", "250ms": the two largest units that matter.</summary>
    public static string Humanize(TimeSpan time) => time switch
    {
        { TotalMilliseconds: < 1000 } => $"{Math.Max(0, (long)time.TotalMilliseconds)}ms",
        { TotalSeconds: < 60 } => time.Milliseconds == 0 ? $"{time.Seconds}s" : FormattableString.Invariant($"{time.TotalSeconds:0.0}s"),
        { TotalMinutes: < 60 } => time.Seconds == 0 ? $"{time.Minutes}m" : $"{time.Minutes}m {time.Seconds}s",
        { TotalHours: < 24 } => time.Minutes == 0 ? $"{time.Hours}h" : $"{time.Hours}h {time.Minutes}m",
        _ => time.Hours == 0 ? $"{time.Days}d" : $"{time.Days}d {time.Hours}h",
    };

    /// <param name="limit">Bytes; null when it is not known any more.</param>
    /// <param name="used">Bytes; null when nobody saw how much it was.</param>
    public static string MemoryExceeded(long? limit, long? used = null)
    {
        var beyond = limit is { } bytes ? $"Exceeded its memory limit of {Size(bytes)}" : "Exceeded its memory limit";
        if (used is not { } held) return $"{beyond}.";
        var megabytes = Math.Max(1, (held + 500_000) / 1_000_000);
        return $"{beyond}: its processes held {Size(megabytes * 1_000_000)}.";
    }

    /// <summary>"512 MB".</summary>
    private static string Size(long bytes)
    {
        var text = SizeText.Format(bytes);
        var unit = text.AsSpan().IndexOfAnyExceptInRange('0', '9');
        return text.Insert(unit, " ");
    }

    private static string WaitingFor(ServiceDefinition definition) => definition.EffectiveReady.Probe switch
    {
        Probe.Grace grace => $"In its grace time of {Humanize(grace.Time)}.",
        Probe.OwnPort => $"Waiting for port {definition.Port} to accept connections.",
        Probe.Tcp tcp => $"Waiting for port {tcp.Port} to accept connections.",
        Probe.Http http => $"Waiting for {SecretText.Hide(http.Url)} to answer.",
        Probe.Exec exec => $"Waiting for '{exec.Command[0]}' to succeed.",
        Probe.Log log => $"Waiting for a line that matches '{log.Pattern}'.",
        Probe.Notify => "Waiting for READY=1 from the service.",
        _ => "Waiting to become ready.",
    };

    private static string DescribeExit(ExitStatus status, Run run, TimeSpan lived)
    {
        if (!status.IsKnown) return "Ended while no daemon watched it; how is not known.";
        var how = status.Code is { } code ? $"Exited with code {code}" : $"Ended by {SignalNames.NameOf(status.Signal ?? 0)}";
        return run.Process is null ? $"{how}." : $"{how} after {Humanize(lived)}.";
    }

    private static string NextStep(ServiceState state, TimeSpan delay)
    {
        var number = state.Restarts + 1;
        return delay == TimeSpan.Zero ? $"Restart {number} follows at once." : $"Restart {number} follows in {Humanize(delay)}.";
    }
}
