namespace Ziggie.Persistence.History;

/// <summary>What happened, read from the journal itself and from the daemon's record: there is no second store that could differ.</summary>
public interface IHistory
{
    /// <summary>One page of what fits, newest first.</summary>
    Task<HistoryPage> QueryAsync(HistoryQuery query, CancellationToken cancellationToken = default);

    /// <summary>Whether any service has, or ever had, this name.</summary>
    Task<bool> KnowsAsync(string service, CancellationToken cancellationToken = default);

    /// <summary>From when on the history is whole; null when nothing was ever taken out of it.</summary>
    Task<DateTimeOffset?> KeptFromAsync(CancellationToken cancellationToken = default);

    /// <summary>Every service as it was at that moment, by name: the fold of its events up to then.</summary>
    Task<IReadOnlyList<PastService>> AtAsync(DateTimeOffset time, CancellationToken cancellationToken = default);
}
