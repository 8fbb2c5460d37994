using Ziggie.Persistence.History;

namespace Ziggie.Dashboard.Tests.Machine;

/// <summary>A history in memory whose entries are numbered.</summary>
internal sealed class StubHistory : IHistory
{
    private readonly List<HistoryEntry> _entries = [];

    public HistoryQuery? Asked { get; private set; }

    public DateTimeOffset? AskedAt { get; private set; }

    public IReadOnlyList<PastService> Past { get; set; } = [];

    public Exception? Failure { get; set; }

    public void Write(int count)
    {
        for (var i = 0; i < count; i++) Write(HistoryModelTests.Entry($"e{_entries.Count + 1}", DateTimeOffset.UtcNow, "started"));
    }

    public void Write(HistoryEntry entry) => _entries.Add(entry);

    public Task<HistoryPage> QueryAsync(HistoryQuery query, CancellationToken cancellationToken = default)
    {
        Asked = query;
        if (Failure is not null) throw Failure;
        var found = _entries.Select((entry, at) => (Entry: entry, Number: at + 1)).Reverse()
            .Where(e => (query.Before is null || e.Number < query.Before.Value.Number) && (query.Kinds.IsEmpty || query.Kinds.Contains(e.Entry.Kind))).ToList();
        var shown = found.Take(query.Limit).ToList();
        return Task.FromResult(new HistoryPage([.. shown.Select(e => e.Entry)], found.Count > query.Limit ? new HistoryCursor(1, false, shown[^1].Number) : null));
    }

    public Task<DateTimeOffset?> KeptFromAsync(CancellationToken cancellationToken = default) => Task.FromResult<DateTimeOffset?>(null);

    public Task<bool> KnowsAsync(string service, CancellationToken cancellationToken = default) => Task.FromResult(false);

    public Task<IReadOnlyList<PastService>> AtAsync(DateTimeOffset time, CancellationToken cancellationToken = default)
    {
        AskedAt = time;
        return Task.FromResult(Past);
    }
}
