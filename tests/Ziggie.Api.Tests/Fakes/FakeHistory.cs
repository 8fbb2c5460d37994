using System.Collections.Concurrent;
using Ziggie.Persistence.History;

namespace Ziggie.Api.Tests.Fakes;

/// <summary>A history in memory: what was recorded, and what a test puts in. Queries are kept, and narrowed by kind and number alone.</summary>
internal sealed class FakeHistory : IHistory, IAudit
{
    private int _last;

    /// <summary>Oldest first.</summary>
    public ConcurrentQueue<HistoryEntry> Entries { get; } = [];

    public ConcurrentQueue<HistoryQuery> Asked { get; } = [];

    public ConcurrentDictionary<string, bool> Known { get; } = [];

    public IReadOnlyList<PastService> Past { get; set; } = [];

    /// <summary>A kind that is not recorded, as if the daemon had died before.</summary>
    public string? Lost { get; set; }

    public DateTimeOffset? KeptFrom { get; set; }

    public DateTimeOffset? AskedAt { get; private set; }

    public Task RecordAsync(AuditEntry entry, CancellationToken cancellationToken = default)
    {
        if (entry.Kind == Lost) return Task.CompletedTask;
        Entries.Enqueue(new HistoryEntry
        {
            Id = $"a{Interlocked.Increment(ref _last)}",
            At = entry.At,
            Kind = entry.Kind,
            Who = entry.Who,
            Address = entry.Address,
            Service = entry.Service,
            Message = entry.Message,
            Details = entry.Details,
        });
        return Task.CompletedTask;
    }

    public Task<HistoryEntry?> LastAsync(IReadOnlyCollection<string> kinds, CancellationToken cancellationToken = default) =>
        Task.FromResult(Entries.LastOrDefault(e => kinds.Contains(e.Kind)));

    public Task<HistoryPage> QueryAsync(HistoryQuery query, CancellationToken cancellationToken = default)
    {
        Asked.Enqueue(query);
        var found = Entries.Reverse().Where(e => query.Kinds.IsEmpty || query.Kinds.Contains(e.Kind)).ToList();
        return Task.FromResult(new HistoryPage([.. found.Take(query.Limit)], found.Count > query.Limit ? new HistoryCursor(1, true, 7) : null));
    }

    public Task<bool> KnowsAsync(string service, CancellationToken cancellationToken = default) => Task.FromResult(Known.ContainsKey(service));

    public Task<DateTimeOffset?> KeptFromAsync(CancellationToken cancellationToken = default) => Task.FromResult(KeptFrom);

    public Task<IReadOnlyList<PastService>> AtAsync(DateTimeOffset time, CancellationToken cancellationToken = default)
    {
        AskedAt = time;
        return Task.FromResult(Past);
    }
}
