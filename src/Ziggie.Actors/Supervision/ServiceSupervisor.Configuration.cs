using System.Collections.Immutable;
using Akka.Actor;
using Akka.Event;
using Ziggie.Actors.Domain;
using Ziggie.Actors.Domain.Configuration;
using Ziggie.Actors.Domain.Definitions;
using Ziggie.Actors.Services;
using static Ziggie.Actors.Supervision.SupervisorCommands;

namespace Ziggie.Actors.Supervision;

/// <summary>
/// Sets of definitions: planned, and applied as a whole. What is to be done is stored before the first step and taken up again by the
/// next daemon, each step being one that may be done twice.
/// </summary>
internal sealed partial class ServiceSupervisor
{
    private static readonly CommandReply.Refused IsApplyingReply =
        new(RefusalCode.Conflict, "A set of definitions is being applied. Try again in a moment.");

    private readonly Dictionary<string, string> _origins = new(StringComparer.Ordinal);
    private readonly Queue<(Apply Apply, IActorRef Client)> _applies = [];
    private ApplyRun? _apply;

    private bool IsApplying => _apply is not null || _registry.Pending is not null;

    private void OnApply(Apply apply)
    {
        if (IsStopping) Sender.Tell(IsStoppingReply);
        else if (_recovering.Count > 0 || (IsApplying && !apply.IsDryRun)) _applies.Enqueue((apply, Sender));
        else Begin(apply, Sender);
    }

    private void Begin(Apply apply, IActorRef client)
    {
        var plan = Planner.Make(Current(), apply.Set);
        if (plan.Refused is { } refused)
        {
            client.Tell(refused);
            return;
        }
        var results = plan.Changes.Select(Foresee).ToImmutableArray();
        if (apply.IsDryRun || !plan.ChangesAnything)
        {
            client.Tell(new ConfigurationReply.Done(results, apply.IsDryRun));
            return;
        }

        var now = _runtime.Moments.Take().Now;
        var begun = new RegistryEvents.ApplyBegun(
            apply.Set.Set,
            [.. plan.Changes.Where(c => c.Action is PlannedAction.Added or PlannedAction.Changed).Select(c => new AppliedService(c.Next!.Definition, c.Next.Origin))],
            [.. plan.Changes.Where(c => c.Action is PlannedAction.Removed).Select(c => c.Name)],
            apply.By, now);
        var id = _registry.LastId;
        // One write: a name is never taken without the set that it belongs to.
        IRegistryEvent[] events =
            [begun, .. plan.Changes.Where(c => c.Action is PlannedAction.Added).Select(c => new RegistryEvents.Registered(++id, c.Name, now))];
        var left = events.Length;
        _inDoubt = client;
        PersistAll(events, stored =>
        {
            _registry = _registry.Apply(stored);
            if (stored is RegistryEvents.Registered added) SpawnNew(added.Id, added.Name);
            if (--left > 0) return;
            _inDoubt = null;
            CarryOut(begun, client, apply.Waits, results);
        });
    }

    /// <summary>What people may not do to a service, because a file or an apply says otherwise.</summary>
    private CommandReply.Refused? RefuseChange(string name, ServiceInputs.Command command)
    {
        if (_apply?.Removes(name) == true) return new CommandReply.Refused(RefusalCode.Conflict, $"Service '{name}' is being removed.");
        if (command is not ServiceInputs.Remove remove) return null;
        if (IsApplying) return IsApplyingReply;
        return !remove.Force && Origins.FileOf(OriginOf(name)) is { } file ? Planner.ManagedByFile(name, file) : null;
    }

    private ImmutableDictionary<string, Declaration> Current() =>
        _definitions.ToImmutableDictionary(d => d.Key, d => new Declaration(d.Value, OriginOf(d.Key)), StringComparer.Ordinal);

    private string OriginOf(string name) => _origins.GetValueOrDefault(name, Origins.Api);

    /// <summary>What a change brings about, as far as can be seen beforehand.</summary>
    private ServiceResult Foresee(PlannedChange change)
    {
        var view = _runtime.Feed.Current.Services.GetValueOrDefault(change.Name);
        var isDaemon = change.Name == DaemonService.Name;
        var isNew = view is null or { Generation: 0, Desired: Desired.Down };
        return new ServiceResult(change,
            Restarts: !isDaemon && view is not null && ServiceCore.Restarts(view.Desired, view.Phase, change.NeedsRestart),
            Starts: !isDaemon && isNew && change is { Action: PlannedAction.Added or PlannedAction.Changed, Next.Definition.Autostart: true });
    }

    private void SpawnNew(int id, string name)
    {
        _creating.Add(id);
        Spawn(id, name);
    }

    private void CarryOut(RegistryEvents.ApplyBegun begun, IActorRef? client, bool waits, ImmutableArray<ServiceResult> results)
    {
        var expected = begun.Services.Length + begun.Removed.Count(_ids.ContainsKey);
        var collector = Context.ActorOf(ApplyCollector.Props(client, waits, expected, results));
        var levels = new DependencyGraph(_definitions.Values).StopOrder(begun.Removed.Where(_ids.ContainsKey));
        _apply = new ApplyRun(begun, levels.Select(level => (IReadOnlyList<string>)level), collector);
        GoOn();
    }

    /// <summary>The next step, once the one before it is through.</summary>
    private void GoOn()
    {
        if (_apply is not { Removing.Count: 0 } apply) return;
        if (apply.Levels.TryDequeue(out var level))
        {
            apply.Removing.UnionWith(level);
            foreach (var name in level) Give(name);
        }
        else if (apply.Defining is null)
        {
            apply.Defining = [.. apply.Services.Keys];
            foreach (var name in apply.Services.Keys) Give(name);
        }

        if (apply is { Removing.Count: 0, Levels.Count: 0, Defining.Count: 0 }) End(apply);
    }

    /// <summary>Sends what is to be done with a service; may be sent again, since it is already so then.</summary>
    private void Give(string name)
    {
        var apply = _apply!;
        ServiceInputs.Command command = apply.Services.TryGetValue(name, out var service)
            ? new ServiceInputs.Define(service.Definition, apply.By, service.Origin, TakesEffect: true)
            : new ServiceInputs.Remove(Force: true, apply.By);
        apply.Collector.Tell(new ApplyCollector.Give(name, _services[_ids[name]], command));
    }

    private void End(ApplyRun apply) => Store(new RegistryEvents.ApplyEnded(_runtime.Moments.Take().Now), null, () =>
    {
        _apply = null;
        apply.Collector.Tell(new ApplyCollector.Stored());
        Self.Tell(new NextApply());
    });

    private void OnDefined(ServiceProtocol.Defined defined)
    {
        if (_apply is not { Defining: { } defining } apply || !_registry.Services.TryGetValue(defined.Id, out var name) || !defining.Remove(name)) return;
        var service = apply.Services[name];
        _definitions[name] = service.Definition;
        _origins[name] = service.Origin;
        if (name == DaemonService.Name) Appear(_services[defined.Id]);
        GoOn();
    }

    private void OnRemoved(string name)
    {
        _origins.Remove(name);
        if (_apply?.Removing.Remove(name) == true) GoOn();
    }

    /// <summary>A service that failed to store something is back, and has perhaps not heard what is to be done.</summary>
    private void GiveAgain(int id)
    {
        if (_apply is not { } apply || !_registry.Services.TryGetValue(id, out var name)) return;
        if (apply.Removing.Contains(name) || apply.Defining?.Contains(name) == true) Give(name);
    }

    private bool IsPending(int id) =>
        _registry.Services.TryGetValue(id, out var name) && _registry.Pending?.Services.Any(s => s.Definition.Name == name) == true;

    /// <summary>Whatever waits: a set that the last daemon could not finish, then those that were asked for meanwhile.</summary>
    private void OnNextApply()
    {
        if (_recovering.Count > 0 || _apply is not null) return;
        if (IsStopping)
        {
            foreach (var (_, client) in _applies) client.Tell(IsStoppingReply);
            _applies.Clear();
        }
        else if (_registry.Pending is { } pending)
        {
            _log.Info("Goes on with the definitions that {0} began to apply at {1:u}.", pending.By, pending.At);
            CarryOut(pending, client: null, waits: false, []);
        }
        else if (_applies.TryDequeue(out var next))
        {
            Begin(next.Apply, next.Client);
            Self.Tell(new NextApply());
        }
    }

    /// <summary>Told to itself when the way may be free for the next set.</summary>
    private sealed record NextApply;
}
