using System.Globalization;
using Ziggie.Actors.Domain;
using Ziggie.Actors.Domain.Configuration;
using Ziggie.Actors.Domain.Definitions;
using Ziggie.Actors.Domain.Definitions.Values;
using Ziggie.Processes;

namespace Ziggie.Dashboard.Model.Service;

/// <summary>The rules of a definition as sentences. Takes definitions whose secrets are masked.</summary>
public static class RuleWords
{
    public static string Ready(ServiceDefinition definition) => definition.EffectiveReady switch
    {
        { Probe: Probe.Grace grace } => $"Ready once it has been alive for {Time(grace.Time)}.",
        { Probe: Probe.Log log, Timeout: var limit } => $"Ready once it prints a line that matches {log.Pattern}; fails after {Time(limit)}.",
        { Probe: Probe.Notify, Timeout: var limit } => $"Ready once it says READY=1; fails after {Time(limit)}.",
        var ready => $"Ready once {Of(ready.Probe, definition.Port)}; fails after {Time(ready.Timeout)}.",
    };

    /// <summary>Null when its health is not checked.</summary>
    public static string? Health(ServiceDefinition definition)
    {
        if (definition.EffectiveHealth is not { } health) return null;
        var then = health.OnUnhealthy == UnhealthyAction.Restart ? "it is restarted" : "it is shown as unhealthy";
        var looks = health.Probe is Probe.Notify
            ? $"Healthy while it says WATCHDOG=1 within each {Time(health.Interval)}"
            : $"Every {Time(health.Interval)}: healthy when {Of(health.Probe, definition.Port)}";
        return $"{looks}. After {Figures.Count(health.Failures, "failure")} in a row {then}.";
    }

    public static string Restart(RestartPolicy restart) => restart.Policy switch
    {
        RestartMode.Never => "Never restarted by itself.",
        var mode => $"Restarted {(mode == RestartMode.Always ? "whenever it ends" : "when it fails")}: at once, then after {Time(restart.Delay)} "
            + string.Create(CultureInfo.InvariantCulture, $"and up to {Time(restart.MaxDelay)}; at most {restart.Budget} in {Time(restart.Window)}.")
            + (restart.RetryEvery is { } again ? $" After that once every {Time(again)}." : ""),
    };

    public static string Stop(StopPolicy stop) => stop.Timeout == TimeSpan.Zero
        ? "Stopped by SIGKILL at once."
        : $"Stopped by {SignalNames.NameOf(stop.Signal)} to the whole tree, and by SIGKILL after {Time(stop.Timeout)}.";

    /// <summary>Each limit with how it is kept; empty without limits.</summary>
    /// <param name="limits">Of the definition.</param>
    /// <param name="byCgroup">Whether the kernel keeps those of the whole tree.</param>
    public static IReadOnlyList<(string Name, string Value, string How)> Limits(LimitsPolicy? limits, bool byCgroup)
    {
        const string process = "set on the process";
        List<(string, string, string)> rows = [];
        if (limits?.MaxMemory is { } memory) rows.Add(("Memory", SizeText.Format(memory), byCgroup ? "kept by the kernel (cgroup)" : "watched by sampling"));
        if (limits?.Cpu is { } cpu)
            rows.Add(("Processor", string.Create(CultureInfo.InvariantCulture, $"{cpu} {(cpu == 1 ? "core" : "cores")}"), byCgroup ? "kept by the kernel (cgroup)" : "has no effect without a cgroup"));
        if (limits?.Nice is { } nice) rows.Add(("Nice", nice.ToString(CultureInfo.InvariantCulture), process));
        if (limits?.OpenFiles is { } files) rows.Add(("Open files", files.ToString("N0", CultureInfo.InvariantCulture), process));
        if (limits?.Core is { } core) rows.Add(("Core file", core == 0 ? "none" : SizeText.Format(core), process));
        return rows;
    }

    /// <summary>"in ziggie.yaml"; who reads it wants to know where to change it.</summary>
    public static string Origin(string origin) => Origins.FileOf(origin) is { } file ? $"Defined in {Path.GetFileName(file)}"
        : Origins.IsApplied(origin) ? $"Applied from the set {origin[(origin.IndexOf(':') + 1)..]}"
        : origin == Origins.Seed ? "Came with Ziggie"
        : "Defined over the API or here";

    public static string Of(DependencyCondition condition) => condition.ToString().ToLowerInvariant();

    private static string Of(Probe probe, int? port) => probe switch
    {
        Probe.OwnPort => $"its port {port} accepts connections",
        Probe.Tcp tcp => $"port {tcp.Port} accepts connections",
        Probe.Http http => $"{http.Url} answers {StatusText.Format(http.StatusFrom, http.StatusTo)}" + (http.Contains is { } text ? $" with '{text}'" : ""),
        Probe.Exec exec => $"'{(exec.Shell ? exec.Command[0] : ShellWords.Join(exec.Command))}' ends with 0",
        _ => "it says so",
    };

    private static string Time(TimeSpan time) => ServiceCore.Humanize(time);
}
