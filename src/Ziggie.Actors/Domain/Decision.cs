using System.Collections.Immutable;

namespace Ziggie.Actors.Domain;

/// <summary>What a service makes of an input.</summary>
/// <param name="Events">To be stored, then applied, in this order.</param>
/// <param name="Effects">To be run after that.</param>
/// <param name="Reply">The answer at once; null when the caller waits for what the events bring (see <see cref="Outcome"/>).</param>
public sealed record Decision(ImmutableArray<IServiceEvent> Events, ImmutableArray<ServiceEffect> Effects, CommandReply? Reply);
