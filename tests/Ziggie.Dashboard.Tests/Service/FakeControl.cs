using Ziggie.Actors;
using Ziggie.Actors.Domain.Definitions;

namespace Ziggie.Dashboard.Tests.Service;

/// <summary>Remembers what was asked for, and does as it is told.</summary>
internal sealed class FakeControl : IServiceControl
{
    public List<string> Asked { get; } = [];

    public ServiceDefinition? Saved { get; private set; }

    public CommandReply Reply { get; set; } = new CommandReply.Done("Done.");

    public Task<CommandReply> StartAsync(string service, string by, CancellationToken cancellationToken = default) => Take($"start {service} by {by}");

    public Task<CommandReply> StopAsync(string service, TimeSpan? timeout, bool force, string by, CancellationToken cancellationToken = default) =>
        Take($"stop {service} force={force} by {by}");

    public Task<CommandReply> RestartAsync(string service, string by, CancellationToken cancellationToken = default) => Take($"restart {service} by {by}");

    public Task<IReadOnlyList<ServiceOutcome>> ActAsync(BulkAction action, string by, CancellationToken cancellationToken = default)
    {
        Asked.Add($"{action.Verb} {string.Join(",", action.Names)} dependents={action.WithDependents} by {by}");
        return Task.FromResult<IReadOnlyList<ServiceOutcome>>([.. action.Names.Select(name => new ServiceOutcome(name, Reply, true))]);
    }

    public Task<CommandReply> SignalAsync(string service, int signal, bool wholeTree, string by, CancellationToken cancellationToken = default) =>
        Take($"signal {service} {signal} tree={wholeTree} by {by}");

    public Task<CommandReply> CreateAsync(ServiceDefinition definition, string by, CancellationToken cancellationToken = default) => Save(definition, $"create {definition.Name} by {by}");

    public Task<CommandReply> ReplaceAsync(string service, ServiceDefinition definition, bool takeOver, string by, CancellationToken cancellationToken = default) =>
        Save(definition, $"replace {service} takeover={takeOver} by {by}");

    public Task<CommandReply> RemoveAsync(string service, bool force, string by, CancellationToken cancellationToken = default) => Take($"remove {service} force={force} by {by}");

    public Task<IReadOnlyList<string>> SeedAsync(IReadOnlyList<ServiceDefinition> definitions, string by, CancellationToken cancellationToken = default) =>
        Task.FromResult<IReadOnlyList<string>>([]);

    private Task<CommandReply> Save(ServiceDefinition definition, string asked)
    {
        Saved = definition;
        return Take(asked);
    }

    private Task<CommandReply> Take(string asked)
    {
        Asked.Add(asked);
        return Task.FromResult(Reply);
    }
}
