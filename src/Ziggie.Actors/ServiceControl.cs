using System.Diagnostics;
using System.Text.Json;
using Akka.Actor;
using Ziggie.Actors.Domain;
using Ziggie.Actors.Domain.Configuration;
using Ziggie.Actors.Domain.Definitions;
using Ziggie.Actors.Live;
using static Ziggie.Actors.Supervision.SupervisorCommands;

namespace Ziggie.Actors;

/// <summary>Asks the supervisor. The limits here are a net below those of the services themselves, which always answer in time.</summary>
internal sealed class ServiceControl(Lazy<IActorRef> supervisor, IServiceFeed feed) : IServiceControl
{
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(30);

    public Task<CommandReply> StartAsync(string service, string by, CancellationToken cancellationToken = default) =>
        AskAsync("start", service, new ServiceInputs.Start(by), LimitOf(service), cancellationToken);

    public Task<CommandReply> StopAsync(string service, TimeSpan? timeout, bool force, string by, CancellationToken cancellationToken = default) =>
        AskAsync(
            "stop", service, new ServiceInputs.Stop(timeout, force, by), LimitOf(service) + (timeout ?? TimeSpan.Zero), cancellationToken);

    public Task<CommandReply> RestartAsync(string service, string by, CancellationToken cancellationToken = default) =>
        AskAsync("restart", service, new ServiceInputs.Restart(by), LimitOf(service), cancellationToken);

    public Task<IReadOnlyList<ServiceOutcome>> ActAsync(BulkAction action, string by, CancellationToken cancellationToken = default) =>
        new BulkRunner(this, feed, names => supervisor.Value.Tell(new Hold(names)), names => supervisor.Value.Tell(new Release(names)))
            .RunAsync(action, by).WaitAsync(cancellationToken);

    public Task<CommandReply> SignalAsync(string service, int signal, bool wholeTree, string by, CancellationToken cancellationToken = default) =>
        AskAsync("signal", service, new ServiceInputs.SendSignal(signal, wholeTree, by), Slack, cancellationToken);

    public Task<CommandReply> CreateAsync(ServiceDefinition definition, string by, CancellationToken cancellationToken = default) =>
        AskAsync(new Create(definition, by, Origins.Api), Slack, cancellationToken);

    public Task<CommandReply> ReplaceAsync(
        string service, ServiceDefinition definition, bool takeOver, string by, CancellationToken cancellationToken = default) =>
        AskAsync(new Replace(service, definition, takeOver, by), Slack, cancellationToken);

    public Task<CommandReply> RemoveAsync(string service, bool force, string by, CancellationToken cancellationToken = default) =>
        AskAsync("remove", service, new ServiceInputs.Remove(force, by), LimitOf(service), cancellationToken);

    public async Task<IReadOnlyList<string>> SeedAsync(
        IReadOnlyList<ServiceDefinition> definitions, string by, CancellationToken cancellationToken = default)
    {
        var added = new List<string>();
        var byName = definitions.ToDictionary(d => d.Name);
        foreach (var name in new DependencyGraph(definitions).StartOrder().SelectMany(level => level))
        {
            if (feed.Current.Services.ContainsKey(name)) continue;
            var reply = await AskAsync(new Create(byName[name], by, Origins.Seed), Slack, cancellationToken);
            if (reply is CommandReply.Done) added.Add(name);
            else if (reply is CommandReply.Refused { Code: not RefusalCode.Conflict } refused)
                throw new InvalidOperationException($"The seed '{name}' was refused: {refused.Detail}");
        }
        await AskAsync(new MarkSeeded(), Slack, cancellationToken);
        return added;
    }

    private async Task<CommandReply> AskAsync(
        string verb, string service, ServiceInputs.Command command, TimeSpan limit, CancellationToken cancellationToken)
    {
        var began = Stopwatch.GetTimestamp();
        using var span = ZiggieTelemetry.Source.StartActivity($"command {verb}");
        span?.SetTag("ziggie.service", service).SetTag("ziggie.by", command.By);
        var reply = await AskAsync(new ToService(service, command, span?.Context ?? default), limit, cancellationToken);
        var refused = reply as CommandReply.Refused;
        if (refused is not null) span?.SetStatus(ActivityStatusCode.Error, refused.Detail);
        var outcome = refused is null ? "done" : JsonNamingPolicy.SnakeCaseLower.ConvertName(refused.Code.ToString());
        ZiggieTelemetry.CommandDuration.Record(
            Stopwatch.GetElapsedTime(began).TotalSeconds, new KeyValuePair<string, object?>("command", verb),
            new KeyValuePair<string, object?>("outcome", outcome));
        return reply;
    }

    private async Task<CommandReply> AskAsync(object message, TimeSpan limit, CancellationToken cancellationToken)
    {
        try
        {
            return await supervisor.Value.Ask<CommandReply>(message, limit, cancellationToken);
        }
        catch (AskTimeoutException)
        {
            return new CommandReply.Refused(RefusalCode.TimedOut,
                $"No answer within {ServiceCore.Humanize(limit)}. The command goes on; look at the service to see what came of it.");
        }
    }

    /// <summary>
    /// A restart at its slowest: the old run uses up its time to stop, whatever it waits for its own, and the new one its time to become ready.
    /// </summary>
    private TimeSpan LimitOf(string service)
    {
        var all = feed.Current;
        if (all.Find(service)?.Definition is not { } definition) return Slack;
        var limit = definition.Stop.Timeout + definition.EffectiveReady.Timeout + Slack;
        if (definition.DependsOn.IsEmpty) return limit;
        var graph = new DependencyGraph([.. all.Services.Values.Select(view => view.Definition)]);
        return graph.WithDependencies([definition.Name])
            .Aggregate(limit, (sum, name) => all.Services.TryGetValue(name, out var view) ? sum + view.Definition.EffectiveReady.Timeout : sum);
    }
}
