using Ziggie.Actors.Domain;
using Ziggie.Actors.Domain.Definitions;
using Ziggie.Processes;
using Effects = Ziggie.Actors.Domain.ServiceEffects;
using Inputs = Ziggie.Actors.Domain.ServiceInputs;

namespace Ziggie.Actors.Tests.Histories;

/// <summary>
/// A model of everything around the core: the journal, the process table, the clock, what is in flight between the actors, and the
/// daemon, which may die between any two steps and takes with it all that is neither stored nor a process.
/// </summary>
internal sealed partial class World
{
    public const string BootId = "model";

    private static readonly DateTimeOffset Origin = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly List<IServiceEvent> _journal = [];
    private readonly List<ModelProcess> _processes = [];
    private readonly Queue<ServiceEffect> _effects = [];
    private readonly Queue<ServiceInput> _facts = [];
    private ServiceState _state = ServiceState.Empty;
    private (long Generation, TimeSpan Due)? _restartTimer;
    private TimeSpan _sinceBoot = TimeSpan.FromHours(1);
    private Effects.AskDependencies? _question;
    private int _runIds;
    private int _pids = 100;
    private LaunchFailure? _nextLaunchFails;
    private bool _crashBeforeStoring;
    private bool _crashAfterStoring;

    public World(ServiceDefinition definition) => Decide(new Inputs.Define(definition, "ann"));

    public IReadOnlyList<IServiceEvent> Journal => _journal;

    public IReadOnlyList<ModelProcess> Processes => _processes;

    public ServiceState State => _state;

    public bool DependencyIsUp { get; private set; } = true;

    private ModelProcess? Alive => _processes.LastOrDefault(p => p.Exit is null);

    public void Do(Operation operation)
    {
        switch (operation)
        {
            case Operation.Start: Decide(new Inputs.Start("ann")); break;
            case Operation.Stop: Decide(new Inputs.Stop(null, false, "ann")); break;
            case Operation.ForceStop: Decide(new Inputs.Stop(null, true, "ann")); break;
            case Operation.Restart: Decide(new Inputs.Restart("ann")); break;
            case Operation.Redefine: Redefine(); break;
            case Operation.Exit0: End(ExitStatus.Exited(0)); break;
            case Operation.Exit1: End(ExitStatus.Exited(1)); break;
            case Operation.Killed: End(ExitStatus.Signaled(9)); break;
            case Operation.Fork: if (Alive is { } parent) parent.Descendants++; break;
            case Operation.BecomeReady: Decide(new Inputs.ProbedReady(_state.Generation)); break;
            case Operation.ReadyTimesOut: Decide(new Inputs.ReadyTimedOut(_state.Generation, null)); break;
            case Operation.Unhealthy: Decide(new Inputs.ProbedHealth(_state.Generation, Health.Unhealthy, "503")); break;
            case Operation.DependencyChanges: ChangeDependency(); break;
            case Operation.WaitTimesOut: if (_state.WaitingSinceBoot is not null) Decide(new Inputs.WaitLimitReached(_state.Generation)); break;
            case Operation.ScheduleFires: Decide(new Inputs.ScheduleDue(Origin + _sinceBoot)); break;
            case Operation.ExceedLimit: Decide(new Inputs.LimitExceeded(_state.Generation, "Exceeded its memory limit of 1 MB.")); break;
            case Operation.LaunchesFail: _nextLaunchFails = LaunchFailure.Resources; break;
            case Operation.PortIsTaken: _nextLaunchFails = LaunchFailure.PortInUse; break;
            case Operation.RunEffect: RunEffect(); break;
            case Operation.DeliverFact: DeliverFact(); break;
            case Operation.PassASecond: Pass(TimeSpan.FromSeconds(1)); break;
            case Operation.PassAMinute: Pass(TimeSpan.FromMinutes(1)); break;
            case Operation.PassTenMinutes: Pass(TimeSpan.FromMinutes(10)); break;
            case Operation.CrashDaemon: Crash(); break;
            case Operation.CrashBeforeStoring: _crashBeforeStoring = true; break;
            case Operation.CrashAfterStoring: _crashAfterStoring = true; break;
            case Operation.StopDaemon: StopDaemon(); break;
        }
    }

    /// <summary>Everything in flight comes to its end, and time passes until no restart is due any more or a day is over.</summary>
    public void Settle()
    {
        _nextLaunchFails = null;
        _crashBeforeStoring = _crashAfterStoring = false;
        for (var i = 0; i < 10_000 && (_effects.Count > 0 || _facts.Count > 0); i++)
        {
            RunEffect();
            DeliverFact();
        }
    }

    private void Decide(ServiceInput input)
    {
        var moment = new Moment(Origin + _sinceBoot, _sinceBoot, BootId, $"run-{++_runIds}", 0.99);
        var decision = ServiceCore.Decide(_state, input, moment);
        if (decision.Events.Length > 0 && _crashBeforeStoring)
        {
            _crashBeforeStoring = false;
            Crash();
            return;
        }
        if (!_state.Definition?.DependsOn.IsEmpty == true && input is not Inputs.DependenciesMet && decision.Events.Any(e => e is ServiceEvents.Launching))
            throw new InvalidOperationException($"Launched by {input} without asking for its dependencies.");
        _journal.AddRange(decision.Events);
        _state = decision.Events.Aggregate(_state, ServiceCore.Evolve);
        if (decision.Events.Length > 0 && _crashAfterStoring)
        {
            _crashAfterStoring = false;
            Crash();
            return;
        }
        foreach (var effect in decision.Effects) Take(effect);
    }

    private void Take(ServiceEffect effect)
    {
        switch (effect)
        {
            case Effects.AskDependencies ask:
                _question = ask;
                AnswerQuestion();
                break;
            case Effects.SetRestartTimer timer: _restartTimer = (timer.Generation, _sinceBoot + timer.Delay); break;
            case Effects.CancelRestartTimer: _restartTimer = null; break;
            case Effects.Launch or Effects.FindRun or Effects.EndRun: _effects.Enqueue(effect); break;
        }
    }

    private void ChangeDependency()
    {
        DependencyIsUp = !DependencyIsUp;
        AnswerQuestion();
    }

    private void AnswerQuestion()
    {
        if (_question is not { } question) return;
        _facts.Enqueue(DependencyIsUp
            ? new Inputs.DependenciesMet(question.Generation, question.PortWait)
            : new Inputs.DependenciesPending(question.Generation, "Waiting for 'other' to be ready.", IsLimited: true));
        if (DependencyIsUp) _question = null;
    }

    private void Redefine()
    {
        var definition = _state.Definition!;
        var restart = definition.Restart with
        {
            Policy = definition.Restart.Policy switch { RestartMode.Never => RestartMode.Always, RestartMode.Always => RestartMode.OnFailure, _ => RestartMode.Never },
            RetryEvery = definition.Restart.RetryEvery is null ? TimeSpan.FromMinutes(20) : null,
            Delay = TimeSpan.FromMilliseconds(definition.Restart.Delay == RestartPolicy.Default.Delay ? 100 : 250),
        };
        Decide(new Inputs.Define(definition with { Restart = restart }, "ann"));
    }

    private void Pass(TimeSpan time)
    {
        _sinceBoot += time;
        if (_restartTimer is not { } timer || timer.Due > _sinceBoot) return;
        _restartTimer = null;
        Decide(new Inputs.RestartDue(timer.Generation));
    }

    /// <summary>The daemon is killed; the next one reads the journal and looks around.</summary>
    private void Crash()
    {
        _effects.Clear();
        _facts.Clear();
        _question = null;
        _restartTimer = null;
        _held = -1;
        _state = _journal.Aggregate(ServiceState.Empty, ServiceCore.Evolve);
        Decide(new Inputs.DaemonStarted());
    }

    private void StopDaemon()
    {
        Decide(new Inputs.DaemonStops());
        Settle();
        Crash();
    }
}
