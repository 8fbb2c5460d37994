using Akka.Actor;
using Akka.Event;
using Akka.Persistence;
using Ziggie.Actors.Domain;
using Ziggie.Actors.Domain.Definitions;
using Ziggie.Actors.Live;
using Ziggie.Actors.Supervision;
using Effects = Ziggie.Actors.Domain.ServiceEffects;
using Inputs = Ziggie.Actors.Domain.ServiceInputs;

namespace Ziggie.Actors.Services;

/// <summary>
/// One configured service: the thin shell around <see cref="ServiceCore"/>. Each input is decided, its events are stored, then applied,
/// published, answered and acted upon, in this order: nothing can be seen before it is written.
/// </summary>
internal sealed class ServiceActor : ReceivePersistentActor, IWithTimers
{
    private const int EventsBetweenSnapshots = 200;
    private const string RestartTimer = "restart";
    private const string WaitTimer = "wait";
    private const string ScheduleTimer = "schedule";

    private const string StatusTimer = "status";

    /// <summary>Between two changes of what a service says of itself.</summary>
    private static readonly TimeSpan StatusPause = TimeSpan.FromMilliseconds(250);

    /// <summary>How long a change of the wall clock may go unnoticed by a schedule.</summary>
    private static readonly TimeSpan ScheduleLook = TimeSpan.FromSeconds(30);

    private readonly int _id;
    private readonly ServiceRuntime _runtime;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly List<Waiter> _waiters = [];
    private readonly List<(IActorRef ReplyTo, CommandReply Reply)> _mourners = [];
    private readonly ServiceTelemetry _telemetry = new();
    private readonly IActorRef _logWriter;
    private readonly IActorRef _runner;
    private readonly IActorRef _prober;
    private ServiceState _state = ServiceState.Empty;
    private string? _status;
    private long? _statusOf;
    private DateTimeOffset? _scheduleFrom;
    private SchedulePolicy? _schedule;
    private DateTimeOffset? _nextSlot;
    private bool _isEnding;

    /// <summary>What falls due waits until all services are known, as everything else does that a daemon finds to do at its start.</summary>
    private bool _isBeforeStart;

    public ServiceActor(int id, ServiceRuntime runtime)
    {
        _id = id;
        _runtime = runtime;
        _logWriter = Context.ActorOf(LogWriter.Props(runtime.Output), "log");
        _runner = Context.ActorOf(ProcessRunner.Props(runtime, _logWriter), "process");
        _prober = Context.ActorOf(HealthProber.Props(id, runtime), "health");

        Recover<SnapshotOffer>(offer => { if (offer.Snapshot is ServiceState state) _state = state; });
        Recover<IServiceEvent>(happened => _state = ServiceCore.Evolve(_state, happened));
        Recover<RecoveryCompleted>(_ => OnRecovered());
        Command<Inputs.Command>(command => Handle(command, Sender));
        Command<ServiceProtocol.Traced>(traced =>
        {
            _telemetry.Caused(traced.Trace);
            Handle(traced.Command, Sender);
        });
        Command<Inputs.DaemonStarted>(OnDaemonStarted);
        Command<ServiceInput>(input => Handle(input, null));
        Command<ServiceProtocol.Notified>(OnNotified);
        Command<StatusDue>(due => { if (_status != due.Shown) Publish(); });
        Command<ServiceProtocol.ScheduleTick>(_ => OnScheduleTick());
        Command<PartFailed>(OnPartFailed);
        Command<ServiceProtocol.Forget>(_ => Context.Stop(Self));
        Command<OutputProtocol.Removed>(_ => Context.Parent.Tell(new ServiceProtocol.Gone(_id, [.. _mourners])));
        Command<ServiceProtocol.Flush>(flush => _prober.Forward(flush with { Next = _runner }));
        // Older ones stay, as all events do: what was at any moment is then never more than a few events away from one of them.
        Command<SaveSnapshotSuccess>(_ => { });
        Command<SaveSnapshotFailure>(failure => _log.Warning("A snapshot of {0} was not stored: {1}", Name, failure.Cause.Message));
    }

    public override string PersistenceId => $"service-{_id}";

    public ITimerScheduler Timers { get; set; } = null!;

    private string Name => _state.Definition?.Name ?? PersistenceId;

    public static Props Props(int id, ServiceRuntime runtime) => Akka.Actor.Props.Create(() => new ServiceActor(id, runtime));

    protected override void OnRecoveryFailure(Exception reason, object? message = null)
    {
        if (!_runtime.Failures.Tell(reason)) base.OnRecoveryFailure(reason, message);
    }

    protected override void OnPersistFailure(Exception cause, object @event, long sequenceNr)
    {
        _log.Error(cause, "The store refused a change of {0}; it is read again before anything else happens.", Name);
        FailWaiters(cause);
    }

    protected override void OnPersistRejected(Exception cause, object @event, long sequenceNr)
    {
        _log.Error(cause, "The store rejected a change of {0}; it is read again before anything else happens.", Name);
        FailWaiters(cause);
        // What was decided is not stored, so what this actor knows may be wrong: start again from the store.
        Context.Stop(Self);
    }

    private void OnRecovered()
    {
        _isBeforeStart = _state.Definition is not null;
        _schedule = _state.Definition?.Schedule;
        Reschedule();
        Publish();
        if (_state.IsRemoved) Run(new Effects.Drop());
        else Context.Parent.Tell(new ServiceProtocol.Recovered(_id, _state.Definition, _state.Origin));
    }

    private void OnDaemonStarted(Inputs.DaemonStarted input)
    {
        _isBeforeStart = false;
        Handle(input, null);
        OnScheduleTick();
    }

    private void Handle(ServiceInput input, IActorRef? replyTo)
    {
        if (input is Inputs.Command and not Inputs.Define && _state.Definition is null)
        {
            replyTo?.Tell(new CommandReply.Refused(RefusalCode.UnknownService, "The service is being removed."));
            return;
        }
        if (input is Inputs.DaemonStops) _isEnding = true;
        // A service that was stopped with the daemon must not come back while others are still being stopped.
        if (_isEnding && input is Inputs.ScheduleDue) return;
        var moment = _runtime.Moments.Take();
        var decision = ServiceCore.Decide(_state, input, moment);
        var waiter = replyTo is null ? null : new Waiter(replyTo, input);
        if (decision.Events.IsEmpty)
        {
            Conclude(decision, waiter, changed: false);
            return;
        }
        if (waiter is not null) _waiters.Add(waiter);
        var left = decision.Events.Length;
        var persisting = _telemetry.Persisting(Name, left);
        PersistAll(decision.Events, happened =>
        {
            _telemetry.Observe(_state, happened, moment.SinceBoot);
            _state = ServiceCore.Evolve(_state, happened);
            if (--left > 0) return;
            ServiceTelemetry.Persisted(persisting);
            if (waiter is not null) _waiters.Remove(waiter);
            Conclude(decision, waiter, changed: true);
        });
    }

    private void Conclude(Decision decision, Waiter? waiter, bool changed)
    {
        if (changed)
        {
            if (decision.Events.Any(happened => happened is ServiceEvents.Defined or ServiceEvents.ScheduleFired or ServiceEvents.Removed)) Reschedule();
            Publish();
        }
        foreach (var effect in decision.Effects) Run(effect);
        if (decision.Reply is { } reply) waiter?.ReplyTo.Tell(Complete(reply));
        else if (waiter is not null && Awaited.For(waiter.Command, _state) is { } awaited) _waiters.Add(waiter with { Awaited = awaited });
        AnswerWaiters();
        if (waiter?.Command is Inputs.Define) Context.Parent.Tell(new ServiceProtocol.Defined(_id));
        if (changed && LastSequenceNr % EventsBetweenSnapshots < decision.Events.Length) SaveSnapshot(_state);
    }

    private void AnswerWaiters() => _waiters.RemoveAll(waiter =>
    {
        if (waiter.Awaited is null || Outcome.Of(waiter.Awaited, _state) is not { } reply) return false;
        // Whoever waits for the removal is answered when the name is free again, which the supervisor knows.
        if (_state.IsRemoved && reply is CommandReply.Done) _mourners.Add((waiter.ReplyTo, reply));
        else waiter.ReplyTo.Tell(Complete(reply));
        return true;
    });

    /// <summary>Everybody who is told that something is so also sees it so.</summary>
    private CommandReply Complete(CommandReply reply) =>
        reply is CommandReply.Done done && !_state.IsRemoved ? done with { Service = ViewNow() } : reply;

    private void FailWaiters(Exception cause) => Answer(Resilient.StoreFailed(cause.Message));

    private void Answer(CommandReply.Refused refused)
    {
        foreach (var waiter in _waiters) waiter.ReplyTo.Tell(refused);
        _waiters.Clear();
    }

    /// <summary>
    /// A part that has failed has lost what it knew of the run: the whole service comes back from the store, after a pause, and takes its
    /// process back as a new daemon would.
    /// </summary>
    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(cause =>
    {
        Self.Tell(new PartFailed(cause.Message));
        return Directive.Stop;
    });

    private void OnPartFailed(PartFailed failed)
    {
        _log.Error("A part of {0} failed, so all of it begins anew with what is stored: {1}", Name, failed.Message);
        Answer(Resilient.Interrupted(failed.Message));
        Context.Stop(Self);
    }

    private void Publish()
    {
        if (_state.Definition is null) return;
        var view = _state.IsRemoved ? null : ViewNow();
        if (view is null) _runtime.Feed.Remove(_state.Definition.Name);
        else _runtime.Feed.Publish(view);
        Context.Parent.Tell(new ServiceProtocol.Changed(_state.Definition.Name, view, _telemetry.Cause));
    }

    private ServiceView ViewNow()
    {
        if (_statusOf != _state.Run?.Generation) _status = null;
        return ServiceViews.Of(_id, _state) with { StatusText = _status, NextRunAt = _nextSlot };
    }

    private void OnNotified(ServiceProtocol.Notified notified)
    {
        if (_state.Run is not { Exit: null } run || run.Generation != notified.Generation) return;
        _prober.Tell(notified);
        if (notified.Notification.Status is not { } status || (status == _status && _statusOf == run.Generation)) return;
        // What a service says of itself is shown while it is so, and not kept.
        (_status, _statusOf) = (status, run.Generation);
        if (Timers.IsTimerActive(StatusTimer)) return;
        Publish();
        // A program may say so a thousand times a second; nobody can read that.
        Timers.StartSingleTimer(StatusTimer, new StatusDue(status), StatusPause);
    }

    private void OnScheduleTick()
    {
        var shown = _nextSlot;
        Reschedule();
        if (_nextSlot != shown) Publish();
    }

    /// <summary>
    /// Does what the schedule names and sets the timer for its next moment. The wall clock decides, which may be set at any time, so it is
    /// looked at again every now and then.
    /// </summary>
    private void Reschedule()
    {
        Timers.Cancel(ScheduleTimer);
        if (_isEnding) return;
        // A moment of another schedule than the one before, and before there was this one, is none of its own.
        if (_schedule != _state.Definition?.Schedule) _scheduleFrom = _runtime.Moments.Take().Now;
        _schedule = _state.Definition?.Schedule;
        _nextSlot = null;
        if (_state is not { IsRemoved: false, Definition.Schedule: { } schedule } || !_runtime.RunsServices) return;
        var now = _runtime.Moments.Take().Now;
        // A moment that passed before this daemon came, or before there was a schedule, is missed, unless it is to be caught up.
        _scheduleFrom = Schedules.From(_state, schedule, _scheduleFrom, now);
        if (Schedules.Next(schedule, _scheduleFrom.Value) is not { } next) return;
        _nextSlot = next;
        if (next <= now)
        {
            if (_isBeforeStart) return;
            _scheduleFrom = next;
            Self.Tell(new Inputs.ScheduleDue(Schedules.Latest(schedule, next, now)));
            Timers.StartSingleTimer(ScheduleTimer, new ServiceProtocol.ScheduleTick(), ScheduleLook);
            return;
        }
        var wait = next - now;
        Timers.StartSingleTimer(ScheduleTimer, new ServiceProtocol.ScheduleTick(), wait < ScheduleLook ? wait : ScheduleLook);
    }

    private void Run(ServiceEffect effect)
    {
        switch (effect)
        {
            case Effects.Launch or Effects.FindRun or Effects.OpenOutput or Effects.EndRun or Effects.SendSignal:
                _runner.Tell(effect);
                break;
            case Effects.WatchReady or Effects.WatchHealth or Effects.StopWatching:
                _prober.Tell(effect);
                break;
            case Effects.AskDependencies ask:
                Context.Parent.Tell(new ServiceProtocol.AskDependencies(_id, ask.Generation, ask.Definition, ask.PortWait));
                break;
            case Effects.SetWaitLimit limit:
                Timers.StartSingleTimer(WaitTimer, new Inputs.WaitLimitReached(limit.Generation), limit.Delay);
                break;
            case Effects.CancelWaitLimit:
                Timers.Cancel(WaitTimer);
                break;
            case Effects.SetRestartTimer timer:
                Timers.StartSingleTimer(RestartTimer, new Inputs.RestartDue(timer.Generation), timer.Delay);
                break;
            case Effects.CancelRestartTimer:
                Timers.Cancel(RestartTimer);
                break;
            case Effects.Drop:
                _logWriter.Tell(new OutputProtocol.Remove(Name));
                break;
            default:
                throw new InvalidOperationException($"Nobody runs {effect}.");
        }
    }

    private sealed record StatusDue(string Shown);

    private sealed record PartFailed(string Message);

    /// <summary>Somebody who gave a command. <see cref="Awaited"/> is null while its events are being stored.</summary>
    private sealed record Waiter(IActorRef ReplyTo, ServiceInput Command)
    {
        public Awaited? Awaited { get; init; }
    }
}
