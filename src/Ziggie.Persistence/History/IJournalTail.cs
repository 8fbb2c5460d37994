using Ziggie.Actors.Domain;

namespace Ziggie.Persistence.History;

/// <summary>
/// Follows the services' events in the order in which they were stored. Whoever remembers a position neither misses nor repeats anything,
/// whatever happens to the daemon.
/// </summary>
public interface IJournalTail
{
    /// <summary>The last position that there is; 0 in an empty journal.</summary>
    Task<long> LastAsync(CancellationToken cancellationToken = default);

    /// <summary>What was stored after a position, oldest first.</summary>
    Task<TailedEvents> ReadAsync(long after, CancellationToken cancellationToken = default);

    /// <summary>A position that was remembered; null when there is none.</summary>
    Task<long?> FindPositionAsync(string name, CancellationToken cancellationToken = default);

    Task SavePositionAsync(string name, long position, CancellationToken cancellationToken = default);
}

/// <param name="Events">Oldest first.</param>
/// <param name="Position">Up to where was read.</param>
/// <param name="HasMore">There is more to be read at once.</param>
public sealed record TailedEvents(IReadOnlyList<TailedEvent> Events, long Position, bool HasMore);

/// <param name="Position">In the journal.</param>
/// <param name="Entry">As the history shows it.</param>
/// <param name="Trouble">What it means to who is on duty; null for nothing.</param>
public sealed record TailedEvent(long Position, HistoryEntry Entry, TroubleKind? Trouble);
