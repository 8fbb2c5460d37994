using Ziggie.Actors.Domain.Definitions;

namespace Ziggie.Actors;

/// <summary>
/// What may be done to services; the REST endpoints and the dashboard use it. A task ends when what was asked for is true or has
/// failed, always with a reply. Services are named in any case, or by id. <c>by</c> is the user's name, for the history.
/// Cancelling stops the waiting, not the command.
/// </summary>
public interface IServiceControl
{
    Task<CommandReply> StartAsync(string service, string by, CancellationToken cancellationToken = default);

    /// <param name="service">Which one.</param>
    /// <param name="timeout">From the signal to SIGKILL; null for the definition's.</param>
    /// <param name="force">SIGKILL at once.</param>
    /// <param name="by">Who.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    Task<CommandReply> StopAsync(string service, TimeSpan? timeout, bool force, string by, CancellationToken cancellationToken = default);

    Task<CommandReply> RestartAsync(string service, string by, CancellationToken cancellationToken = default);

    /// <summary>
    /// Does the same to several services, in the order of their dependencies, and side by side where that allows it. Never fails as a whole.
    /// </summary>
    /// <returns>What came of it for each, in the order of names. One that is already as asked for is done.</returns>
    Task<IReadOnlyList<ServiceOutcome>> ActAsync(BulkAction action, string by, CancellationToken cancellationToken = default);

    /// <summary>Sends a signal to the main process, or to its whole tree.</summary>
    Task<CommandReply> SignalAsync(string service, int signal, bool wholeTree, string by, CancellationToken cancellationToken = default);

    /// <summary>Adds a service; refused when the name is taken.</summary>
    Task<CommandReply> CreateAsync(ServiceDefinition definition, string by, CancellationToken cancellationToken = default);

    /// <summary>
    /// Replaces a definition. A process that runs is left alone; its next run uses the new one. A service that a file defines is refused,
    /// unless it is taken over.
    /// </summary>
    Task<CommandReply> ReplaceAsync(
        string service, ServiceDefinition definition, bool takeOver, string by, CancellationToken cancellationToken = default);

    /// <summary>Removes a service; one that runs, or that a file defines, is refused, or with <paramref name="force"/> stopped and removed.</summary>
    Task<CommandReply> RemoveAsync(string service, bool force, string by, CancellationToken cancellationToken = default);

    /// <summary>Adds those that are missing, by name; returns the names that were added.</summary>
    Task<IReadOnlyList<string>> SeedAsync(IReadOnlyList<ServiceDefinition> definitions, string by, CancellationToken cancellationToken = default);
}
