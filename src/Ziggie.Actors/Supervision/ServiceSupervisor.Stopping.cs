using Akka.Actor;
using Akka.Event;
using Ziggie.Actors.Domain;
using Ziggie.Actors.Domain.Definitions;
using static Ziggie.Actors.Supervision.SupervisorCommands;

namespace Ziggie.Actors.Supervision;

/// <summary>The daemon's end: all services stop, level by level, each fully down before what it depends on.</summary>
internal sealed partial class ServiceSupervisor
{
    /// <summary>Beyond a service's own time limit: for what was killed to be gone and its last lines to be in the log.</summary>
    private static readonly TimeSpan StopSlack = TimeSpan.FromSeconds(20);

    private static readonly CommandReply.Refused IsStoppingReply =
        new(RefusalCode.Stopping, "The daemon is stopping. Try again when it is back.");

    private readonly List<IActorRef> _whenStopped = [];
    private Queue<IReadOnlyList<string>>? _levels;
    private int _stopsOpen;
    private int _level;

    private bool IsStopping => _levels is not null;

    private void OnStopAll(StopAll stop)
    {
        _whenStopped.Add(Sender);
        if (IsStopping)
        {
            if (_levels!.Count == 0 && _stopsOpen == 0) TellStopped();
            return;
        }
        var daemon = _definitions.ContainsKey(DaemonService.Name) ? [DaemonService.Name] : Array.Empty<string>();
        var order = stop.Keep ? [] : new DependencyGraph(_definitions.Values).StopOrder(_definitions.Keys.Except(daemon));
        _levels = new Queue<IReadOnlyList<string>>([.. order.Select(level => (IReadOnlyList<string>)level), daemon]);
        StopNextLevel();
    }

    private void StopNextLevel()
    {
        while (_stopsOpen == 0 && _levels!.TryDequeue(out var level))
        {
            _level++;
            var limit = level.Select(name => _definitions[name].Stop.Timeout).Append(TimeSpan.Zero).Max() + StopSlack;
            Timers.StartSingleTimer("stop", new StopLimit(_level), limit);
            foreach (var name in level)
            {
                if (!_ids.TryGetValue(name, out var id) || !_services.TryGetValue(id, out var service)) continue;
                _stopsOpen++;
                service.Tell(new ServiceInputs.DaemonStops());
            }
        }
        if (_stopsOpen == 0) TellStopped();
    }

    private void OnStopped()
    {
        if (!IsStopping || _stopsOpen == 0) return;
        if (--_stopsOpen == 0) StopNextLevel();
    }

    private void OnStopLimit(StopLimit limit)
    {
        if (limit.Level != _level || _stopsOpen == 0) return;
        _log.Warning("{0} services did not stop within their limits; the daemon goes on without them.", _stopsOpen);
        _stopsOpen = 0;
        StopNextLevel();
    }

    private void TellStopped()
    {
        Timers.Cancel("stop");
        foreach (var waiting in _whenStopped) waiting.Tell(new CommandReply.Done("All services are stopped."));
        _whenStopped.Clear();
    }

    private sealed record StopLimit(int Level);
}
