using Ziggie.Actors;
using Ziggie.Actors.Domain.Definitions;

namespace Ziggie.Dashboard.Tests.Services;

/// <summary>Does nothing, and remembers what it was asked for.</summary>
internal sealed class GivenCommands : IServiceControl
{
    public List<string> Given { get; } = [];

    /// <summary>While it is set, no start is answered.</summary>
    public TaskCompletionSource<CommandReply>? Starting { get; set; }

    public Task<CommandReply> StartAsync(string service, string by, CancellationToken cancellationToken = default)
    {
        var done = Done($"start {service} by {by}");
        return Starting?.Task ?? done;
    }

    public Task<CommandReply> StopAsync(string service, TimeSpan? timeout, bool force, string by, CancellationToken cancellationToken = default) =>
        Done($"{(force ? "force-stop" : "stop")} {service} by {by}");

    public Task<CommandReply> RestartAsync(string service, string by, CancellationToken cancellationToken = default) => Done($"restart {service} by {by}");

    public async Task<IReadOnlyList<ServiceOutcome>> ActAsync(BulkAction action, string by, CancellationToken cancellationToken = default)
    {
        List<ServiceOutcome> outcomes = [];
        foreach (var name in action.Names) outcomes.Add(new ServiceOutcome(name, await Done($"{action.Verb} {name} by {by}"), true));
        return outcomes;
    }

    public Task<CommandReply> SignalAsync(string service, int signal, bool wholeTree, string by, CancellationToken cancellationToken = default) =>
        Done($"signal {signal} {service} by {by}");

    public Task<CommandReply> CreateAsync(ServiceDefinition definition, string by, CancellationToken cancellationToken = default) => Done($"create {definition.Name} by {by}");

    public Task<CommandReply> ReplaceAsync(string service, ServiceDefinition definition, bool takeOver, string by, CancellationToken cancellationToken = default) =>
        Done($"replace {service} by {by}");

    public Task<CommandReply> RemoveAsync(string service, bool force, string by, CancellationToken cancellationToken = default) => Done($"remove {service} by {by}");

    public Task<IReadOnlyList<string>> SeedAsync(IReadOnlyList<ServiceDefinition> definitions, string by, CancellationToken cancellationToken = default) =>
        Task.FromResult<IReadOnlyList<string>>([]);

    private Task<CommandReply> Done(string what)
    {
        Given.Add(what);
        return Task.FromResult<CommandReply>(new CommandReply.Done(what));
    }
}
