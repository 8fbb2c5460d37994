using Akka.Actor;
using Akka.Event;
using Ziggie.Actors.Domain.Definitions;
using Ziggie.Processes;
using Effects = Ziggie.Actors.Domain.ServiceEffects;
using Inputs = Ziggie.Actors.Domain.ServiceInputs;

namespace Ziggie.Actors.Services;

/// <summary>
/// Holds the process of a service's current run: launches it or takes it back, tells its end, and ends its whole tree. Spoken to by
/// messages with the run's generation alone; answers go to its parent.
/// </summary>
internal sealed partial class ProcessRunner : ReceiveActor, IWithTimers
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan PortPoll = TimeSpan.FromMilliseconds(20);

    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly ServiceRuntime _runtime;
    private readonly IActorRef _logWriter;
    private readonly IActorRef _service = Context.Parent;

    private CurrentRun? _run;
    private Effects.Launch? _launch;
    private TimeSpan _portDeadline;

    public ProcessRunner(ServiceRuntime runtime, IActorRef logWriter)
    {
        _runtime = runtime;
        _logWriter = logWriter;

        Receive<Effects.Launch>(Launch);
        Receive<Effects.OpenOutput>(open => OpenOutput(open.Generation, open.Definition));
        Receive<Effects.FindRun>(message => Patiently(message, Find));
        Receive<Effects.EndRun>(message => Patiently(message, End));
        Receive<Effects.SendSignal>(message => Patiently(message, Send));
        Receive<OutputProtocol.Opened>(message => Patiently(message, opened => TryLaunch(opened.Generation, opened)));
        Receive<OutputProtocol.OpenFailed>(failed => Fail(failed.Generation, LaunchFailure.Resources, failed.Message));
        Receive<PortCheck>(message => Patiently(message, check => TryLaunch(check.Generation, check.Output)));
        Receive<Listen>(message => Patiently(message, listen => OpenSocket(listen.Generation, listen.RunId, listen.Definition)));
        Receive<MainExited>(message => Patiently(message, OnMainExited));
        Receive<TreeCheck>(message => Patiently(message, check => CheckTree(check.Generation)));
        Receive<EndTimeout>(message => Patiently(message, timeout => OnEndTimeout(timeout.Generation)));
        Receive<OutputProtocol.Drained>(drained => OnDrained(drained.Generation));
        Receive<ServiceProtocol.Flush>(logWriter.Forward);
        Receive<DrainTimeout>(timeout => OnDrained(timeout.Generation));
    }

    public ITimerScheduler Timers { get; set; } = null!;

    public static Props Props(ServiceRuntime runtime, IActorRef logWriter) =>
        Akka.Actor.Props.Create(() => new ProcessRunner(runtime, logWriter)).WithDispatcher(Dispatchers.Blocking);

    /// <summary>
    /// Without descriptors or memory nothing can be learned of processes, which is no reason to believe anything: the same again later.
    /// </summary>
    private void Patiently<T>(T message, Action<T> handle) where T : notnull
    {
        try
        {
            handle(message);
        }
        catch (IOException e)
        {
            _log.Warning("{0} The same again in {1} ms.", e.Message, Patience.TotalMilliseconds);
            Timers.StartSingleTimer(message, message, Patience);
        }
    }

    private void Launch(Effects.Launch launch)
    {
        _launch = launch;
        _portDeadline = _runtime.Moments.Take().SinceBoot + launch.PortWait;
        OpenOutput(launch.Generation, launch.Definition);
    }

    private void OpenOutput(long generation, ServiceDefinition definition) =>
        _logWriter.Tell(new OutputProtocol.Open(
            generation, definition.Name, LaunchPlanner.LimitsOf(definition), definition.Logs.Stderr == StandardErrorMode.Separate,
            definition.EffectiveReady.Probe is Probe.Log));

    private void TryLaunch(long generation, OutputProtocol.Opened output)
    {
        if (_launch is not { } launch || launch.Generation != generation) return;
        if (launch.Definition.Port is { } port && _runtime.Ports.OwnerOf(port) is { } owner)
        {
            if (_runtime.Moments.Take().SinceBoot < _portDeadline)
                Timers.StartSingleTimer("port", new PortCheck(generation, output), PortPoll);
            else
                Fail(generation, LaunchFailure.PortInUse, $"Port {port} is in use by {owner}{ServiceAt(port, owner, launch.Definition.Name)}. Stop it, or give '{launch.Definition.Name}' another port.");
            return;
        }
        if (launch.Definition.UsesNotifySocket && !TryListen(launch)) return;
        var plan = LaunchPlanner.Plan(launch, output.Paths, _socket?.Address, _runtime);
        if (plan.Error is { } error)
        {
            Fail(generation, LaunchFailure.EnvironmentInvalid, error);
            return;
        }
        switch (_runtime.Launcher.Launch(plan.Spec!))
        {
            case LaunchResult.Launched launched:
                _launch = null;
                Hold(generation, launch.RunId, launched.Process, launch.Definition.Name);
                _service.Tell(new Inputs.Launched(generation, launched.Process.Identity, output.Start));
                break;
            case LaunchResult.Failed failed:
                Fail(generation, failed.Reason, failed.Message);
                break;
        }
    }

    /// <summary>A service of ours is known by its process, or, where a child of it listens, by its port.</summary>
    private string ServiceAt(int port, string owner, string self)
    {
        var alive = _runtime.Feed.Current.Services.Values.Where(view => view.Pid is not null && view.Name != self).ToList();
        var service = alive.Find(view => owner.EndsWith($"(PID {view.Pid})", StringComparison.Ordinal)) ?? alive.Find(view => view.Definition.Port == port);
        return service is null ? "" : $" of service '{service.Name}'";
    }

    private void Fail(long generation, LaunchFailure failure, string message)
    {
        if (_launch?.Generation != generation) return;
        _launch = null;
        CloseSocket();
        _service.Tell(new Inputs.LaunchFailed(generation, failure, message));
    }

    private void Find(Effects.FindRun find)
    {
        OpenOutput(find.Generation, find.Definition);
        var identity = find.Process ?? _runtime.Launcher.FindRuns(new HashSet<string> { find.RunId }).GetValueOrDefault(find.RunId);
        // One that is held but was never let through has not been the program, whoever it was.
        if (find.Process is null && !_runtime.Launcher.WasLaunched(find.RunId) && _runtime.Launcher.FindTree(find.RunId, null).Count == 0)
        {
            _service.Tell(new Inputs.LaunchFailed(find.Generation, LaunchFailure.Interrupted, "The daemon ended before the process was launched."));
            return;
        }
        if (identity is not null && _runtime.Launcher.Adopt(identity, find.RunId) is { } process)
        {
            Hold(find.Generation, find.RunId, process, find.Definition.Name);
            if (find.Definition.UsesNotifySocket) Self.Tell(new Listen(find.Generation, find.RunId, find.Definition));
            _service.Tell(new Inputs.Found(find.Generation, identity));
            return;
        }
        _run = new CurrentRun(find.Generation, find.RunId, identity, null) { Service = find.Definition.Name };
        OnMainExited(new MainExited(find.Generation, ExitStatus.Unknown));
    }

    private void Hold(long generation, string runId, IServiceProcess process, string service)
    {
        _run = new CurrentRun(generation, runId, process.Identity, process) { Service = service };
        process.Exited.PipeTo(Self, success: status => new MainExited(generation, status));
    }

    private void Send(Effects.SendSignal send)
    {
        if (_run is not { Process: { } process } run || run.Generation != send.Generation) return;
        if (send.WholeTree) _runtime.Launcher.SignalTree(run.RunId, run.Identity, send.Signal);
        else process.Signal(send.Signal);
    }

    private sealed record PortCheck(long Generation, OutputProtocol.Opened Output);

    private sealed record Listen(long Generation, string RunId, ServiceDefinition Definition);

    private sealed record MainExited(long Generation, ExitStatus Status);

    private sealed record TreeCheck(long Generation);

    private sealed record EndTimeout(long Generation);

    private sealed record DrainTimeout(long Generation);

    /// <summary>What this actor holds of a run.</summary>
    private sealed class CurrentRun(long generation, string runId, ProcessIdentity? identity, IServiceProcess? process)
    {
        public long Generation => generation;
        public string RunId => runId;
        public ProcessIdentity? Identity => identity;
        public IServiceProcess? Process => process;

        /// <summary>The service's name; empty for what an earlier daemon left of a run.</summary>
        public string Service { get; init; } = "";

        /// <summary>Set once the main process has ended; null also when it had ended before this daemon came.</summary>
        public ExitStatus? Exit { get; set; }

        /// <summary>The exit has been told.</summary>
        public bool IsExitTold { get; set; }

        public bool IsEnding { get; set; }
        public bool IsDraining { get; set; }
        public TimeSpan Deadline { get; set; } = TimeSpan.MaxValue;
        public bool IsKilling { get; set; }
        public HashSet<int> Killed { get; } = [];
        public int Checks { get; set; }
    }
}
