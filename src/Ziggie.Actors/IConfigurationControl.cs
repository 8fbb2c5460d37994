using Ziggie.Actors.Domain.Configuration;

namespace Ziggie.Actors;

/// <summary>Applies sets of definitions as a whole: all of a set is stored, or nothing of it.</summary>
public interface IConfigurationControl
{
    /// <summary>What applying the set would change. Changes nothing.</summary>
    Task<ConfigurationReply> PlanAsync(DeclarationSet set, CancellationToken cancellationToken = default);

    /// <summary>
    /// Removes what is gone (stopped first, dependants before), stores what is new or changed, restarts only the services whose change
    /// needs it, and starts new ones that start with the daemon. Once begun it is carried out, by the next daemon if need be.
    /// </summary>
    /// <param name="set">What is to be.</param>
    /// <param name="by">The user's name, for the history.</param>
    /// <param name="wait">Until what restarts and starts is ready or has failed; else only until everything is stored.</param>
    /// <param name="cancellationToken">Stops the waiting, not the apply.</param>
    Task<ConfigurationReply> ApplyAsync(DeclarationSet set, string by, bool wait, CancellationToken cancellationToken = default);
}
