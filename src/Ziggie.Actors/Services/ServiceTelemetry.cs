using System.Diagnostics;
using Ziggie.Actors.Domain;
using static Ziggie.Actors.Domain.ServiceEvents;

namespace Ziggie.Actors.Services;

/// <summary>
/// Measures and traces a service's life by its events: a span for each launch, wait for readiness, stop and write, as children of the
/// command that brought them about, where there was one.
/// </summary>
internal sealed class ServiceTelemetry
{
    private ActivityContext _command;
    private Activity? _launch;
    private Activity? _ready;
    private Activity? _stop;
    private TimeSpan? _launchedSinceBoot;

    /// <summary>What the service does now is part of this; after its becoming ready, that.</summary>
    public ActivityContext Cause { get; private set; }

    /// <summary>What follows was asked for by this command.</summary>
    public void Caused(ActivityContext command) => Cause = _command = command;

    /// <summary>Around the storing of events; null when nobody traces.</summary>
    public Activity? Persisting(string service, int events) => Start("service.persist", service)?.SetTag("ziggie.events", events);

    public static void Persisted(Activity? span) => End(ref span);

    /// <param name="before">The state without the event.</param>
    /// <param name="happened">What is stored now.</param>
    /// <param name="sinceBoot">The machine's monotonic clock.</param>
    public void Observe(ServiceState before, IServiceEvent happened, TimeSpan sinceBoot)
    {
        var service = before.Definition?.Name ?? "";
        switch (happened)
        {
            case Launching e:
                _launch = Start("service.launch", service)?.SetTag("ziggie.run", e.Generation);
                break;
            case Launched e:
                ZiggieTelemetry.Launches.Add(1, new KeyValuePair<string, object?>("outcome", "started"));
                _launchedSinceBoot = e.SinceBoot;
                _launch?.SetTag("process.pid", e.Process.Pid);
                End(ref _launch);
                _ready = Start("service.ready", service)?.SetTag("ziggie.run", e.Generation);
                break;
            case LaunchFailed e:
                ZiggieTelemetry.Launches.Add(1, new KeyValuePair<string, object?>("outcome", "failed"));
                End(ref _launch, e.Message);
                break;
            case BecameReady:
                if (_launchedSinceBoot is { } start) ZiggieTelemetry.ReadyDuration.Record(Math.Max(0, (sinceBoot - start).TotalSeconds));
                _launchedSinceBoot = null;
                Cause = _ready?.Context ?? _command;
                End(ref _ready);
                _command = default;
                break;
            case Stopping e:
                End(ref _ready, e.Reason);
                _stop = Start("service.stop", service)?.SetTag("ziggie.run", e.Generation).SetTag("ziggie.reason", e.Reason);
                break;
            case Exited e:
                ZiggieTelemetry.Exits.Add(1, new KeyValuePair<string, object?>("outcome", OutcomeOf(before, e)));
                End(ref _ready, EventSentences.Of(e));
                break;
            case TreeGone e:
                _stop?.SetTag("ziggie.killed", e.Killed);
                End(ref _stop);
                if (before.Desired == Desired.Down) _command = default;
                break;
            default:
                break;
        }
    }

    /// <summary>Whatever else this thread is at has nothing to do with it: a span's parent is the command, or nothing.</summary>
    private Activity? Start(string name, string service)
    {
        if (!ZiggieTelemetry.Source.HasListeners()) return null;
        var outer = Activity.Current;
        Activity.Current = null;
        var span = ZiggieTelemetry.Source.StartActivity(name, ActivityKind.Internal, _command)?.SetTag("ziggie.service", service);
        Activity.Current = outer;
        return span;
    }

    private static void End(ref Activity? span, string? error = null)
    {
        if (span is null) return;
        if (error is not null) span.SetStatus(ActivityStatusCode.Error, error);
        var outer = Activity.Current;
        span.Dispose();
        Activity.Current = outer;
        span = null;
    }

    private static string OutcomeOf(ServiceState before, Exited e) => e switch
    {
        { Code: { } code } => before.Run?.Definition.Restart.SuccessExitCodes.Contains(code) ?? code == 0 ? "success" : "failure",
        { Signal: not null } => "signal",
        _ => "unknown",
    };
}
