using System.Text.RegularExpressions;
using Akka.Actor;
using Akka.Event;
using Ziggie.Actors.Domain.Definitions;
using Ziggie.Actors.Domain.Definitions.Values;
using Ziggie.Processes.Output;
using Effects = Ziggie.Actors.Domain.ServiceEffects;

namespace Ziggie.Actors.Services;

/// <summary>What a run tells by itself: by sd_notify, and by a line that it prints.</summary>
internal sealed partial class HealthProber
{
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private long? _readyGeneration;

    /// <summary>READY=1 is what the readiness rule of this run waits for. A service may say it also where another rule decides.</summary>
    private bool _awaitsReady;

    private WatchdogDue? _watchdog;
    private int _silences;

    private void OnNotified(ServiceProtocol.Notified told)
    {
        if (told.Notification.IsReady)
        {
            // It may come before anybody watches for it.
            _readyGeneration = told.Generation;
            if (_awaitsReady) TellReady(_watch, told.Generation);
        }
        if (_watchdog is not { } watchdog || watchdog.Generation != told.Generation) return;
        if (told.Notification.IsAlive) OnSignOfLife(watchdog);
        if (told.Notification.IsStuck) Judge(watchdog.Policy with { Failures = 1 }, watchdog.Generation, new ProbeResult(false, "It says that it hangs."));
    }

    private void OnSignOfLife(WatchdogDue watchdog)
    {
        _silences = 0;
        Timers.StartSingleTimer("health", watchdog, watchdog.Policy.Interval);
        Judge(watchdog.Policy, watchdog.Generation, new ProbeResult(true, "It says that it is alive."));
    }

    private void OnWatchdogDue(WatchdogDue due)
    {
        if (due.Watch != _watch) return;
        _silences++;
        Timers.StartSingleTimer("health", due, due.Policy.Interval);
        Judge(due.Policy, due.Generation, new ProbeResult(false, $"It sent no WATCHDOG=1 for {Domain.ServiceCore.Humanize(due.Policy.Interval * _silences)}."));
    }

    /// <summary>Reads what the run prints, from its first byte on, until a line matches: as a terminal shows it, or with its escape sequences.</summary>
    private void FollowLog(Effects.WatchReady watch, Probe.Log probe)
    {
        if (!LogPattern.TryCompile(probe.Pattern, out var pattern, out _)) return;
        List<(string Log, long From)> logs = [(watch.Definition.Name, watch.OutputFrom?.Output ?? 0)];
        if (watch.OutputFrom?.Errors is { } errors) logs.Add((ErrorLog.Of(watch.Definition.Name), errors));
        var (output, number, cancellation) = (_runtime.Output, _watch, _cancel.Token);
        foreach (var (log, from) in logs)
        {
            FindAsync(output, log, from, line => IsMatch(pattern, TerminalText.Plain(line)) || IsMatch(pattern, line), cancellation)
                .PipeTo(Self, success: line => new LogMatched(number, watch.Generation, line), failure: error => new LogMatched(number, watch.Generation, null) { Error = error.Message });
        }
    }

    private static bool IsMatch(Regex pattern, string line)
    {
        try
        {
            return pattern.IsMatch(line);
        }
        catch (RegexMatchTimeoutException)
        {
            // One line that the pattern cannot cope with is no reason to miss those after it.
            return false;
        }
    }

    private static async Task<string?> FindAsync(
        IOutputStore output, string log, long from, Func<string, bool> isMatch, CancellationToken cancellation)
    {
        try
        {
            await foreach (var entry in output.FollowAsync(log, from, cancellation))
            {
                if (isMatch(entry.Text)) return entry.Text;
            }
        }
        catch (OperationCanceledException)
        {
            // nobody waits any more
        }
        return null;
    }

    private void OnLogMatched(LogMatched matched)
    {
        if (matched.Watch != _watch) return;
        if (matched.Error is { } error) _log.Warning("A log cannot be searched for the line that says that its service is ready: {0}", error);
        else if (matched.Line is not null) TellReady(_watch, matched.Generation);
    }

    private sealed record WatchdogDue(long Watch, long Generation, HealthPolicy Policy);

    private sealed record LogMatched(long Watch, long Generation, string? Line)
    {
        public string? Error { get; init; }
    }
}
