using System.Diagnostics;
using Akka.Actor;
using Ziggie.Actors.Domain;
using Ziggie.Actors.Domain.Definitions;
using Ziggie.Actors.Services;
using static Ziggie.Actors.Supervision.SupervisorCommands;

namespace Ziggie.Actors.Supervision;

/// <summary>What waits for what: services ask before each launch, and are told when everything that they depend on is as it must be.</summary>
internal sealed partial class ServiceSupervisor
{
    private readonly Dictionary<string, ServiceView> _views = new(StringComparer.Ordinal);
    private readonly Dictionary<int, Asked> _asked = [];

    /// <summary>Services that are being restarted together, with the run that no longer counts.</summary>
    private readonly Dictionary<string, long> _held = new(StringComparer.Ordinal);

    /// <summary>The last run of each service that was ready.</summary>
    private readonly Dictionary<string, long> _readyRuns = new(StringComparer.Ordinal);

    private void OnChanged(ServiceProtocol.Changed changed)
    {
        if (changed.View is { } view)
        {
            if (!_views.ContainsKey(changed.Name)) Remember(view);
            _views[changed.Name] = view;
            if (_held.TryGetValue(changed.Name, out var old) && view.Generation > old) _held.Remove(changed.Name);
            if (view.Desired == Desired.Down) _asked.Remove(view.Id);
            RestartDependents(view, changed.Trace);
        }
        else
        {
            _views.Remove(changed.Name);
            _held.Remove(changed.Name);
            _readyRuns.Remove(changed.Name);
        }
        foreach (var asked in _asked.Values.Where(asked => asked.Question.Definition.DependsOn.ContainsKey(changed.Name)).ToList()) Answer(asked);
    }

    private void OnAskDependencies(ServiceProtocol.AskDependencies question)
    {
        if (IsStopping || !_services.ContainsKey(question.Id)) return;
        var asked = new Asked(question);
        _asked[question.Id] = asked;
        foreach (var name in question.Definition.DependsOn.Keys)
        {
            // One that nobody ever wanted comes along; one that somebody has stopped stays stopped.
            if (_views.TryGetValue(name, out var view) && view is { DesiredBy: null, Desired: Desired.Down }) StartQuietly(view, "daemon", default);
        }
        Answer(asked);
    }

    private void Answer(Asked asked)
    {
        if (IsStopping || !_services.TryGetValue(asked.Question.Id, out var service)) return;
        var missing = asked.Question.Definition.DependsOn.Where(on => !IsMet(on.Key, on.Value)).ToList();
        if (missing.Count == 0)
        {
            _asked.Remove(asked.Question.Id);
            service.Tell(new ServiceInputs.DependenciesMet(asked.Question.Generation, asked.Question.PortWait));
            return;
        }
        var reason = $"Waiting for {string.Join(", ", missing.Select(on => Describe(on.Key, on.Value)))}.";
        var isLimited = !missing.Any(on => _views.GetValueOrDefault(on.Key)?.Phase == Phase.Waiting);
        if (asked.Told == (reason, isLimited)) return;
        asked.Told = (reason, isLimited);
        service.Tell(new ServiceInputs.DependenciesPending(asked.Question.Generation, reason, isLimited));
    }

    private bool IsMet(string name, DependencyCondition condition)
    {
        if (!_views.TryGetValue(name, out var view) || (_held.TryGetValue(name, out var old) && view.Generation <= old)) return false;
        return condition switch
        {
            DependencyCondition.Started => view.Pid is not null || view.Phase == Phase.Completed,
            DependencyCondition.Ready => view.Ready,
            DependencyCondition.Healthy => view is { Ready: true, Health: Health.Healthy },
            _ => view.Phase == Phase.Completed,
        };
    }

    private string Describe(string name, DependencyCondition condition)
    {
        var wanted = Words.Condition.TextOf(condition);
        if (!_views.TryGetValue(name, out var view)) return $"'{name}' to be {wanted} (there is no such service)";
        var how = view switch
        {
            _ when _held.ContainsKey(name) => "it is being restarted",
            { Phase: Phase.Running, Health: Health.Unhealthy } => "it is unhealthy",
            { Phase: Phase.Running } => "it is running",
            { Phase: Phase.Stopped, Desired: Desired.Down, DesiredBy: { } by } => $"it was stopped by {by}",
            { Phase: Phase.Failed, Reason: { } reason } => $"it has failed: {reason.TrimEnd('.')}",
            { Phase: Phase.Backoff } => "it crashed and is started again soon",
            { Phase: Phase.Completed } => "it ran to its end",
            _ => $"it is {view.Phase.ToString().ToLowerInvariant()}",
        };
        return $"'{name}' to be {wanted} ({how})";
    }

    /// <summary>Who starts a service starts what it needs: whatever is down, has failed or has ended comes up first.</summary>
    private void StartDependencies(string name, string by, ActivityContext trace)
    {
        if (!_definitions.TryGetValue(name, out var definition) || definition.DependsOn.IsEmpty) return;
        var graph = new DependencyGraph(_definitions.Values);
        foreach (var needed in graph.StartOrder(graph.WithDependencies([name]).Remove(name)).SelectMany(level => level))
        {
            if (!_views.TryGetValue(needed, out var view) || view.Name == DaemonService.Name) continue;
            var isSettled = view.Phase is Phase.Stopped or Phase.Failed || (view.Phase == Phase.Completed && !IsEnoughWhenCompleted(needed));
            if (isSettled) StartQuietly(view, by, trace);
        }
    }

    /// <summary>Whether all that depend on it want it to have ended.</summary>
    private bool IsEnoughWhenCompleted(string name) => _definitions.Values
        .Select(d => d.DependsOn.TryGetValue(name, out var condition) ? condition : (DependencyCondition?)null)
        .All(condition => condition is null or DependencyCondition.Completed or DependencyCondition.Started);

    private void StartQuietly(ServiceView view, string by, ActivityContext trace)
    {
        if (_services.TryGetValue(view.Id, out var service)) Tell(service, new ServiceInputs.Start(by), trace, ActorRefs.NoSender);
    }

    /// <summary>
    /// The run that those that depend on a service have seen ready, as far as the first view of it tells: a daemon before this one may have
    /// been killed between its end and the next one's being ready.
    /// </summary>
    private void Remember(ServiceView view)
    {
        var seen = view.Phase == Phase.Starting ? view.Generation - 1 : view.Generation;
        if (seen > 0) _readyRuns[view.Name] = seen;
    }

    private void RestartDependents(ServiceView view, ActivityContext trace)
    {
        if (!view.Ready) return;
        var isAnew = _readyRuns.TryGetValue(view.Name, out var before) && before < view.Generation;
        _readyRuns[view.Name] = view.Generation;
        if (!isAnew || !view.Definition.RestartDependents || IsStopping) return;
        foreach (var name in Dependants(view.Name))
        {
            // One that came up after it has seen the new run already.
            if (_views.TryGetValue(name, out var dependant) && dependant.StartedSinceBoot < view.StartedSinceBoot && _services.TryGetValue(dependant.Id, out var service))
                Tell(service, new ServiceInputs.Restart($"daemon, because '{view.Name}' was started anew"), trace, ActorRefs.NoSender);
        }
    }

    private void OnHold(Hold hold)
    {
        foreach (var name in hold.Names)
        {
            if (_views.TryGetValue(name, out var view)) _held[name] = view.Generation;
        }
    }

    private void OnRelease(IReadOnlyCollection<string> names)
    {
        foreach (var name in names) _held.Remove(name);
        foreach (var asked in _asked.Values.ToList()) Answer(asked);
    }

    /// <summary>A service that has asked, and what it was told last.</summary>
    private sealed class Asked(ServiceProtocol.AskDependencies question)
    {
        public ServiceProtocol.AskDependencies Question => question;

        public (string Reason, bool IsLimited) Told { get; set; }
    }
}
