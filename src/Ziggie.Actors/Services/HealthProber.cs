using Akka.Actor;
using Ziggie.Actors.Domain;
using Ziggie.Actors.Domain.Definitions;
using Ziggie.Actors.Live;
using Effects = Ziggie.Actors.Domain.ServiceEffects;
using Inputs = Ziggie.Actors.Domain.ServiceInputs;

namespace Ziggie.Actors.Services;

/// <summary>
/// Looks at a run from outside: until it is ready, then whether it is well. One watch at a time; each has a number, so that an answer
/// that comes after its watch has ended is dropped. Answers go to its parent.
/// </summary>
internal sealed partial class HealthProber : ReceiveActor, IWithTimers
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan AttemptLimit = TimeSpan.FromSeconds(1);

    private readonly int _serviceId;
    private readonly ServiceRuntime _runtime;
    private readonly IActorRef _service = Context.Parent;
    private CancellationTokenSource _cancel = new();
    private long _watch;
    private string? _lastResult;
    private int _failures;
    private int _successes;
    private TimeSpan _started;

    public HealthProber(int serviceId, ServiceRuntime runtime)
    {
        (_serviceId, _runtime) = (serviceId, runtime);
        Receive<Effects.WatchReady>(WatchReady);
        Receive<Effects.WatchHealth>(WatchHealth);
        Receive<Effects.StopWatching>(_ => StopWatching());
        Receive<GraceOver>(grace => TellReady(grace.Watch, grace.Generation));
        Receive<ReadyLimit>(OnReadyLimit);
        Receive<AttemptReady>(AttemptReadiness);
        Receive<ReadyResult>(OnReadyResult);
        Receive<AttemptHealth>(AttemptHealthProbe);
        Receive<Probed>(OnProbed);
        Receive<ServiceProtocol.Notified>(OnNotified);
        Receive<WatchdogDue>(OnWatchdogDue);
        Receive<LogMatched>(OnLogMatched);
        Receive<ServiceProtocol.Flush>(flush => flush.Next.Forward(flush));
    }

    public ITimerScheduler Timers { get; set; } = null!;

    public static Props Props(int serviceId, ServiceRuntime runtime) =>
        Akka.Actor.Props.Create(() => new HealthProber(serviceId, runtime));

    protected override void PostStop()
    {
        StopWatching();
        _runtime.Results.Forget(_serviceId);
    }

    private void WatchReady(Effects.WatchReady watch)
    {
        StopWatching();
        var policy = watch.Definition.EffectiveReady;
        switch (policy.Probe)
        {
            case Probe.Notify when _readyGeneration == watch.Generation:
                TellReady(_watch, watch.Generation);
                break;
            case Probe.Notify:
                _awaitsReady = true;
                StartLimit(watch, policy);
                break;
            case Probe.Log log:
                StartLimit(watch, policy);
                FollowLog(watch, log);
                break;
            case Probe.OwnPort or Probe.Tcp or Probe.Http or Probe.Exec:
                StartLimit(watch, policy);
                AttemptReadiness(new AttemptReady(_watch, watch.Generation, watch.Definition, FirstPause));
                break;
            default:
                var grace = policy.Probe is Probe.Grace g ? g : (Probe.Grace)ReadyPolicy.DefaultGrace.Probe;
                // A timer, even one of no time at all, comes with the scheduler's next tick at the earliest.
                if (grace.Time == TimeSpan.Zero) TellReady(_watch, watch.Generation);
                else Timers.StartSingleTimer("grace", new GraceOver(_watch, watch.Generation), grace.Time);
                break;
        }
    }

    private void StartLimit(Effects.WatchReady watch, ReadyPolicy policy)
    {
        // Ready may have been said while there was no daemon to hear it; a run must not be ended for that.
        var isDoubtful = watch.IsAdopted && policy.Probe is Probe.Notify;
        Timers.StartSingleTimer("limit", new ReadyLimit(_watch, watch.Generation, isDoubtful), policy.Timeout);
    }

    private void AttemptReadiness(AttemptReady attempt)
    {
        if (attempt.Watch != _watch) return;
        var policy = attempt.Definition.EffectiveReady;
        // A command may take as long as there is time; of the others an attempt that hangs is better tried again.
        var limit = policy.Probe is Probe.Exec ? policy.Timeout : AttemptLimit;
        if (policy.Probe is Probe.Exec exec) _lastResult ??= $"'{exec.Command[0]}' was not over by then.";
        Look(policy.Probe, attempt.Definition, limit, forReadiness: true).PipeTo(Self, success: result => new ReadyResult(attempt, result));
    }

    private void OnReadyResult(ReadyResult seen)
    {
        if (seen.Attempt.Watch != _watch) return;
        _lastResult = seen.Result.Message;
        if (seen.Result.IsSuccess)
        {
            TellReady(_watch, seen.Attempt.Generation);
            return;
        }
        // Often at first, when most programs become ready; then seldom enough to cost nothing.
        var pause = seen.Attempt.Pause;
        var next = seen.Attempt with { Pause = pause * 1.5 < LongestPause ? pause * 1.5 : LongestPause };
        Timers.StartSingleTimer("attempt", next, pause);
    }

    private void TellReady(long watch, long generation)
    {
        if (watch != _watch) return;
        StopWatching();
        _service.Tell(new Inputs.ProbedReady(generation));
    }

    private void OnReadyLimit(ReadyLimit limit)
    {
        if (limit.Watch != _watch) return;
        if (limit.IsDoubtful)
        {
            TellReady(limit.Watch, limit.Generation);
            return;
        }
        var last = _lastResult;
        StopWatching();
        _service.Tell(new Inputs.ReadyTimedOut(limit.Generation, last));
    }

    private void WatchHealth(Effects.WatchHealth watch)
    {
        StopWatching();
        if (watch.Definition.EffectiveHealth is not { } policy) return;
        _started = watch.StartedSinceBoot;
        if (policy.Probe is Probe.Notify)
        {
            _watchdog = new WatchdogDue(_watch, watch.Generation, policy);
            Timers.StartSingleTimer("health", _watchdog, policy.Interval);
            return;
        }
        Timers.StartSingleTimer("health", new AttemptHealth(_watch, watch.Generation, watch.Definition), policy.Interval);
    }

    private void AttemptHealthProbe(AttemptHealth attempt)
    {
        if (attempt.Watch != _watch) return;
        var policy = attempt.Definition.EffectiveHealth!;
        Look(policy.Probe, attempt.Definition, policy.Timeout, forReadiness: false).PipeTo(Self, success: result => new Probed(attempt, result));
    }

    private void OnProbed(Probed seen)
    {
        if (seen.Attempt.Watch != _watch) return;
        var policy = seen.Attempt.Definition.EffectiveHealth!;
        Timers.StartSingleTimer("health", seen.Attempt, policy.Interval);
        Judge(policy, seen.Attempt.Generation, seen.Result);
    }

    private void Judge(HealthPolicy policy, long generation, ProbeResult result)
    {
        var counts = result.IsSuccess || _runtime.Moments.Take().SinceBoot - _started >= policy.StartPeriod;
        (_failures, _successes) = result.IsSuccess ? (0, _successes + 1) : (counts ? _failures + 1 : 0, 0);
        if (_successes >= policy.Successes)
            _service.Tell(new Inputs.ProbedHealth(generation, Health.Healthy, result.Message));
        else if (_failures >= policy.Failures)
            _service.Tell(new Inputs.ProbedHealth(generation, Health.Unhealthy, result.Message));
    }

    /// <summary>Looks once, and notes what was seen, how long it took, and when.</summary>
    private async Task<ProbeResult> Look(Probe probe, ServiceDefinition definition, TimeSpan timeout, bool forReadiness)
    {
        var cancellation = _cancel.Token;
        var began = _runtime.Moments.Take().SinceBoot;
        ProbeResult result;
        try
        {
            result = probe switch
            {
                Probe.Tcp tcp => await _runtime.Network.ConnectAsync(tcp.Port, timeout, cancellation),
                Probe.OwnPort => await _runtime.Network.ConnectAsync(definition.Port!.Value, timeout, cancellation),
                Probe.Http http => await GetAsync(definition, http, timeout, cancellation),
                Probe.Exec exec => await _runtime.Commands.RunAsync(definition, exec, timeout, cancellation),
                _ => new ProbeResult(false, "This probe cannot be looked at from outside."),
            };
        }
        catch (OperationCanceledException)
        {
            return new ProbeResult(false, "The probe was given up.");
        }
        catch (Exception error)
        {
            // Whatever it is, no descriptors for example: a look that failed must not be the last one.
            result = new ProbeResult(false, $"The probe could not look: {error.Message}");
        }
        var now = _runtime.Moments.Take();
        _runtime.Results.Add(_serviceId, new HealthResult(now.Now, forReadiness, result.IsSuccess, now.SinceBoot - began, result.Message));
        return result;
    }

    private void StopWatching()
    {
        _watch++;
        _watchdog = null;
        _awaitsReady = false;
        Timers.CancelAll();
        _cancel.Cancel();
        _cancel.Dispose();
        _cancel = new CancellationTokenSource();
        (_failures, _successes, _silences, _lastResult) = (0, 0, 0, null);
    }

    private sealed record GraceOver(long Watch, long Generation);

    private sealed record ReadyLimit(long Watch, long Generation, bool IsDoubtful);

    private sealed record AttemptReady(long Watch, long Generation, ServiceDefinition Definition, TimeSpan Pause);

    private sealed record ReadyResult(AttemptReady Attempt, ProbeResult Result);

    private sealed record AttemptHealth(long Watch, long Generation, ServiceDefinition Definition);

    private sealed record Probed(AttemptHealth Attempt, ProbeResult Result);
}
