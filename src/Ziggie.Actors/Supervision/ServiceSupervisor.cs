using System.Diagnostics;
using Akka.Actor;
using Akka.Event;
using Akka.Persistence;
using Ziggie.Actors.Domain;
using Ziggie.Actors.Domain.Configuration;
using Ziggie.Actors.Domain.Definitions;
using Ziggie.Actors.Services;
using static Ziggie.Actors.Supervision.SupervisorCommands;

namespace Ziggie.Actors.Supervision;

/// <summary>
/// Knows which services there are, keeps an actor for each, and watches over what concerns several of them: names, dependencies, and
/// the order in which the daemon stops them.
/// </summary>
internal sealed partial class ServiceSupervisor : ReceivePersistentActor, IWithTimers
{
    private readonly ServiceRuntime _runtime;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly Dictionary<int, IActorRef> _services = [];
    private readonly Dictionary<string, int> _ids = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ServiceDefinition> _definitions = new(StringComparer.Ordinal);
    private readonly HashSet<int> _recovering = [];
    private readonly HashSet<int> _beforeStart = [];
    private readonly HashSet<int> _creating = [];
    private readonly List<IActorRef> _whenRecovered = [];
    private RegistryState _registry = RegistryState.Empty;
    private IActorRef? _inDoubt;

    public ServiceSupervisor(ServiceRuntime runtime)
    {
        _runtime = runtime;
        Recover<SnapshotOffer>(offer => { if (offer.Snapshot is RegistryState registry) _registry = registry; });
        Recover<IRegistryEvent>(happened => _registry = _registry.Apply(happened));
        Recover<RecoveryCompleted>(_ => OnRecovered());

        Command<ToService>(Pass);
        Command<Report>(report => { if (Find(report.Service) is { } id) _services[id].Tell(report.Fact); });
        Command<Create>(OnCreate);
        Command<Replace>(OnReplace);
        Command<WhenRecovered>(_ => OnWhenRecovered());
        Command<MarkSeeded>(_ => OnMarkSeeded());
        Command<ServiceProtocol.Recovered>(OnServiceRecovered);
        Command<ServiceProtocol.Gone>(OnGone);
        Command<ServiceProtocol.Changed>(OnChanged);
        Command<ServiceProtocol.AskDependencies>(OnAskDependencies);
        Command<Hold>(OnHold);
        Command<Release>(release => OnRelease(release.Names));
        Command<ServiceProtocol.Flush>(_ => Sender.Tell(new ServiceProtocol.Flushed()));
        Command<StopAll>(OnStopAll);
        Command<CommandReply>(_ => OnStopped());
        Command<StopLimit>(OnStopLimit);
        Command<Apply>(OnApply);
        Command<NextApply>(_ => OnNextApply());
        Command<ServiceProtocol.Defined>(OnDefined);
    }

    public override string PersistenceId => "services";

    public ITimerScheduler Timers { get; set; } = null!;

    public static Props Props(ServiceRuntime runtime) =>
        Resilient.Props(Akka.Actor.Props.Create(() => new ServiceSupervisor(runtime)), "registry");

    protected override void OnRecoveryFailure(Exception reason, object? message = null)
    {
        if (!_runtime.Failures.Tell(reason)) base.OnRecoveryFailure(reason, message);
    }

    protected override void OnPersistFailure(Exception cause, object @event, long sequenceNr)
    {
        _log.Error(cause, "The list of services could not be stored.");
        _inDoubt?.Tell(Resilient.StoreFailed(cause.Message));
    }

    protected override void OnPersistRejected(Exception cause, object @event, long sequenceNr)
    {
        OnPersistFailure(cause, @event, sequenceNr);
        Context.Stop(Self);
    }

    private void OnRecovered()
    {
        foreach (var (id, name) in _registry.Services)
        {
            _recovering.Add(id);
            Spawn(id, name);
        }
        if (_recovering.Count == 0) Self.Tell(new NextApply());
    }

    private IActorRef Spawn(int id, string name)
    {
        var service = Context.ActorOf(Resilient.Props(ServiceActor.Props(id, _runtime), "service"), $"service-{id}");
        _services[id] = service;
        _ids[name] = id;
        return service;
    }

    private void OnServiceRecovered(ServiceProtocol.Recovered recovered)
    {
        if (!_services.TryGetValue(recovered.Id, out var service)) return;
        var isNew = false;
        if (recovered.Definition is { } definition)
        {
            _definitions[definition.Name] = definition;
            _origins[definition.Name] = Origins.OrDefault(recovered.Origin, "");
            if (definition.Name == DaemonService.Name) Appear(service);
            else _beforeStart.Add(recovered.Id);
        }
        else if (!(isNew = _creating.Remove(recovered.Id)) && !IsPending(recovered.Id))
        {
            // Registered, but the daemon died before its definition was stored: nobody was told that it exists.
            Drop(recovered.Id, []);
        }
        OnSettled(recovered.Id);
        if (!isNew) GiveAgain(recovered.Id);
    }

    /// <summary>One service less of which it is not known whether it is there.</summary>
    private void OnSettled(int id)
    {
        var wasRecovering = _recovering.Remove(id);
        if (_recovering.Count > 0) return;
        TellStarted();
        if (!wasRecovering) return;
        TellRecovered();
        Self.Tell(new NextApply());
    }

    /// <summary>
    /// Not before all of them are known: a store of which a part cannot be read ends the daemon, and then nothing has been launched, stopped
    /// or written for the rest.
    /// </summary>
    private void TellStarted()
    {
        foreach (var id in _beforeStart)
        {
            if (_runtime.RunsServices && !IsStopping && _services.TryGetValue(id, out var service)) service.Tell(new ServiceInputs.DaemonStarted());
        }
        _beforeStart.Clear();
    }

    /// <summary>The service that shows this daemon: it runs because somebody is there to say so.</summary>
    private void Appear(IActorRef service)
    {
        if (_runtime.RunsServices) service.Tell(new ServiceInputs.Launched(0, _runtime.Daemon));
    }

    private void OnWhenRecovered()
    {
        _whenRecovered.Add(Sender);
        if (_recovering.Count == 0) TellRecovered();
    }

    private void TellRecovered()
    {
        foreach (var waiting in _whenRecovered) waiting.Tell(new Recovered(_registry.Seeded));
        _whenRecovered.Clear();
    }

    private void OnMarkSeeded()
    {
        var replyTo = Sender;
        if (_registry.Seeded)
        {
            replyTo.Tell(new CommandReply.Done("Seeded before."));
            return;
        }
        Store(new RegistryEvents.Seeded(_runtime.Moments.Take().Now), replyTo, () => replyTo.Tell(new CommandReply.Done("Seeded.")));
    }

    private void Pass(ToService message)
    {
        if (Find(message.Service) is not { } id)
        {
            Sender.Tell(Unknown(message.Service));
            return;
        }
        if (IsStopping)
        {
            Sender.Tell(IsStoppingReply);
            return;
        }
        if (RefuseChange(_registry.Services[id], message.Command) is { } refused)
        {
            Sender.Tell(refused);
            return;
        }
        if (message.Command is ServiceInputs.Remove && Dependants(_registry.Services[id]) is { Count: > 0 } dependants)
        {
            Sender.Tell(new CommandReply.Refused(RefusalCode.Conflict,
                $"Service '{_registry.Services[id]}' is needed by {string.Join(", ", dependants)}. Change their depends_on first."));
            return;
        }
        if (message.Command is ServiceInputs.Start or ServiceInputs.Restart)
            StartDependencies(_registry.Services[id], message.Command.By, message.Trace);
        Tell(_services[id], message.Command, message.Trace, Sender);
    }

    private static void Tell(IActorRef service, ServiceInputs.Command command, ActivityContext trace, IActorRef? sender) =>
        service.Tell(trace == default ? command : new ServiceProtocol.Traced(command, trace), sender);

    private int? Find(string service)
    {
        if (ServiceName.TryNormalize(service, out var name) && _ids.TryGetValue(name, out var byName)) return byName;
        return int.TryParse(service, out var id) && _services.ContainsKey(id) ? id : null;
    }

    private List<string> Dependants(string name) =>
        [.. _definitions.Values.Where(d => d.DependsOn.ContainsKey(name)).Select(d => d.Name).Order(StringComparer.Ordinal)];

    private static CommandReply.Refused Unknown(string service) =>
        new(RefusalCode.UnknownService, $"There is no service '{service}'. GET /api/services lists all of them.");

    private void OnGone(ServiceProtocol.Gone gone)
    {
        if (_services.ContainsKey(gone.Id)) Drop(gone.Id, gone.Mourners);
    }

    private void Drop(int id, IReadOnlyCollection<(IActorRef ReplyTo, CommandReply Reply)> mourners) =>
        Store(new RegistryEvents.Dropped(id, _runtime.Moments.Take().Now), null, () =>
        {
            if (_services.Remove(id, out var service)) service.Tell(new ServiceProtocol.Forget());
            foreach (var name in _ids.Where(entry => entry.Value == id).Select(entry => entry.Key).ToList())
            {
                _ids.Remove(name);
                _definitions.Remove(name);
                OnRemoved(name);
            }
            _creating.Remove(id);
            foreach (var (replyTo, reply) in mourners) replyTo.Tell(reply);
            OnSettled(id);
        });

    private void Store(IRegistryEvent happened, IActorRef? replyTo, Action then)
    {
        _inDoubt = replyTo;
        Persist(happened, stored =>
        {
            _inDoubt = null;
            _registry = _registry.Apply(stored);
            then();
        });
    }
}
