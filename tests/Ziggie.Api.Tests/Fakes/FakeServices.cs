using System.Collections.Concurrent;
using System.Threading.Channels;
using Ziggie.Actors;
using Ziggie.Actors.Domain;
using Ziggie.Actors.Domain.Definitions;
using Ziggie.Actors.Live;

namespace Ziggie.Api.Tests.Fakes;

/// <summary>Services that live in memory: they start, stop and are defined at once, and tell the feed so.</summary>
internal sealed class FakeServices : IServiceControl, IServiceFeed
{
    private readonly Lock _gate = new();
    private readonly List<Channel<ServiceChange>> _subscribers = [];
    private ServiceSnapshot _current = ServiceSnapshot.Empty;
    private int _lastId;
    private int _lastPid = 1000;

    public ServiceSnapshot Current => Volatile.Read(ref _current);

    public int Subscribers
    {
        get
        {
            lock (_gate) return _subscribers.Count;
        }
    }

    /// <summary>What commands on a service answer instead of doing anything.</summary>
    public ConcurrentDictionary<string, CommandReply> Scripted { get; } = [];

    /// <summary>Every command as "verb service by user".</summary>
    public ConcurrentQueue<string> Heard { get; } = [];

    /// <summary>Commands wait for it.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    public ServiceView Add(string name, Action<ServiceView>? seen = null, params string[] groups) =>
        Add(new ServiceDefinition { Name = name, Command = ["sleep", "1000"], Groups = [.. groups] }, seen);

    public ServiceView Add(ServiceDefinition definition, Action<ServiceView>? seen = null)
    {
        lock (_gate)
        {
            var now = DateTimeOffset.UtcNow;
            var view = new ServiceView
            {
                Id = ++_lastId,
                Definition = definition,
                Status = ServiceStatus.Stopped,
                Phase = Phase.Stopped,
                Desired = Desired.Down,
                Health = Health.Unknown,
                CreatedAt = now,
                UpdatedAt = now,
            };
            Publish(view.Name, view);
            seen?.Invoke(view);
            return view;
        }
    }

    public void Change(string name, Func<ServiceView, ServiceView> change)
    {
        lock (_gate) Publish(name, change(_current.Services[name]));
    }

    public void Remove(string name)
    {
        lock (_gate) Publish(name, null);
    }

    /// <summary>Ends every subscription as if its owner had been too slow.</summary>
    public void Overrun()
    {
        lock (_gate)
        {
            _subscribers.ForEach(s => s.Writer.TryComplete(new FeedOverrunException()));
            _subscribers.Clear();
        }
    }

    public FeedSubscription Subscribe(int capacity = 1024)
    {
        lock (_gate)
        {
            var channel = Channel.CreateUnbounded<ServiceChange>();
            _subscribers.Add(channel);
            return new FeedSubscription(_current, channel.Reader, () =>
            {
                lock (_gate) _subscribers.Remove(channel);
            });
        }
    }

    public Task<CommandReply> StartAsync(string service, string by, CancellationToken cancellationToken = default) =>
        RunAsync("start", service, by, view => Up(view, "started"));

    public Task<CommandReply> StopAsync(
        string service, TimeSpan? timeout, bool force, string by, CancellationToken cancellationToken = default) =>
        RunAsync($"stop({timeout?.TotalSeconds},{force})", service, by, view =>
        {
            Change(view.Name, v => v with { Status = ServiceStatus.Stopped, Phase = Phase.Stopped, Desired = Desired.Down, Pid = null });
            return new CommandReply.Done($"Service '{view.Name}' stopped successfully");
        });

    public Task<CommandReply> RestartAsync(string service, string by, CancellationToken cancellationToken = default) =>
        RunAsync("restart", service, by, view => Up(view, "restarted"));

    public async Task<IReadOnlyList<ServiceOutcome>> ActAsync(BulkAction action, string by, CancellationToken cancellationToken = default)
    {
        var outcomes = new List<ServiceOutcome>();
        foreach (var name in action.Names.Order(StringComparer.Ordinal))
        {
            var reply = action.Verb switch
            {
                BulkVerb.Start => await StartAsync(name, by, cancellationToken),
                BulkVerb.Stop => await StopAsync(name, action.Timeout, action.Force, by, cancellationToken),
                _ => await RestartAsync(name, by, cancellationToken),
            };
            outcomes.Add(new ServiceOutcome(name, reply, reply is CommandReply.Done));
        }
        return outcomes;
    }

    public Task<CommandReply> SignalAsync(
        string service, int signal, bool wholeTree, string by, CancellationToken cancellationToken = default) =>
        RunAsync($"signal({signal},{wholeTree})", service, by, view => new CommandReply.Done($"Signal {signal} sent to '{view.Name}'"));

    public async Task<CommandReply> CreateAsync(ServiceDefinition definition, string by, CancellationToken cancellationToken = default)
    {
        Heard.Enqueue($"create {definition.Name} by {by}");
        await Gate;
        if (Scripted.TryGetValue(definition.Name, out var scripted)) return scripted;
        if (Current.Services.ContainsKey(definition.Name))
            return new CommandReply.Refused(RefusalCode.Conflict, $"There is already a service '{definition.Name}'.");
        return new CommandReply.Done($"Service '{definition.Name}' created", Service: Add(definition));
    }

    public Task<CommandReply> ReplaceAsync(
        string service, ServiceDefinition definition, bool takeOver, string by, CancellationToken cancellationToken = default) =>
        RunAsync(takeOver ? "take over" : "replace", service, by, view =>
        {
            Change(view.Name, v => v with { Definition = definition });
            return new CommandReply.Done($"Service '{view.Name}' replaced", Service: Current.Services[view.Name]);
        });

    public Task<CommandReply> RemoveAsync(string service, bool force, string by, CancellationToken cancellationToken = default) =>
        RunAsync($"remove({force})", service, by, view =>
        {
            if (view.Pid is not null && !force) return new CommandReply.Refused(RefusalCode.AlreadyRunning, $"'{view.Name}' is running.");
            Remove(view.Name);
            return new CommandReply.Done($"Service '{view.Name}' was removed");
        });

    public Task<IReadOnlyList<string>> SeedAsync(
        IReadOnlyList<ServiceDefinition> definitions, string by, CancellationToken cancellationToken = default)
    {
        var missing = definitions.Where(d => !Current.Services.ContainsKey(d.Name)).ToList();
        missing.ForEach(d => Add(d));
        return Task.FromResult<IReadOnlyList<string>>([.. missing.Select(d => d.Name)]);
    }

    private async Task<CommandReply> RunAsync(string verb, string service, string by, Func<ServiceView, CommandReply> act)
    {
        Heard.Enqueue($"{verb} {service} by {by}");
        await Gate;
        if (Scripted.TryGetValue(service, out var scripted)) return scripted;
        return Current.Find(service) is { } view
            ? act(view)
            : new CommandReply.Refused(RefusalCode.UnknownService, $"There is no service '{service}'.");
    }

    private CommandReply.Done Up(ServiceView view, string verb)
    {
        var pid = Interlocked.Increment(ref _lastPid);
        Change(view.Name, v => v with
        {
            Status = ServiceStatus.Running,
            Phase = Phase.Running,
            Desired = Desired.Up,
            Ready = true,
            Pid = pid,
            StartedAt = DateTimeOffset.UtcNow,
            StartedSinceBoot = Ziggie.Processes.MachineClock.SinceBoot,
        });
        return new CommandReply.Done($"Service '{view.Name}' {verb} successfully", pid);
    }

    private void Publish(string name, ServiceView? view)
    {
        var services = view is null ? _current.Services.Remove(name) : _current.Services.SetItem(name, view);
        Volatile.Write(ref _current, new ServiceSnapshot(_current.Sequence + 1, services));
        _subscribers.ForEach(s => s.Writer.TryWrite(new ServiceChange(_current.Sequence, name, view)));
    }
}
