namespace Ziggie.Actors;

/// <summary>The beginning and the end of all services together, for the host.</summary>
public interface IServiceLifetime
{
    /// <summary>Ends when every service knows its past and is in the live picture; true when the seeds were planted before.</summary>
    /// <exception cref="StoreUnreadableException">One of them never will.</exception>
    Task<bool> WhenRecoveredAsync(CancellationToken cancellationToken);

    /// <summary>Stops all services in reverse order of their dependencies, within the sum of their limits; nothing starts any more.</summary>
    Task StopAllAsync(CancellationToken cancellationToken);

    /// <summary>Leaves all processes to the next daemon: from then on no command is taken and nothing new is decided.</summary>
    Task LeaveAsync(CancellationToken cancellationToken);
}
