using Ziggie.Persistence.History;

namespace Ziggie.Dashboard.Tests.Service;

/// <summary>A history in memory, newest first.</summary>
internal sealed class FakeHistory : IHistory, IAudit
{
    public List<HistoryEntry> Entries { get; } = [];

    public List<AuditEntry> Recorded { get; } = [];

    /// <summary>Answers instead, when a test wants it to.</summary>
    public Func<HistoryQuery, Task<HistoryPage>>? Answer { get; set; }

    public void Add(string kind, string message, string? who = null) =>
        Entries.Insert(0, new HistoryEntry { Id = $"e{Entries.Count + 1}", At = Views.Now.AddSeconds(Entries.Count), Service = "api", Kind = kind, Message = message, Who = who });

    public Task<HistoryPage> QueryAsync(HistoryQuery query, CancellationToken cancellationToken = default)
    {
        if (Answer is { } answer) return answer(query);
        var fits = Entries.Where(e => query.Kinds.IsEmpty || query.Kinds.Contains(e.Kind)).Where(e => query.Before is not { } before || Number(e) < before.Number).ToList();
        var page = fits.Take(query.Limit).ToList();
        return Task.FromResult(new HistoryPage(page, fits.Count > page.Count ? new HistoryCursor(1, false, Number(page[^1])) : null));
    }

    public Task<DateTimeOffset?> KeptFromAsync(CancellationToken cancellationToken = default) => Task.FromResult<DateTimeOffset?>(null);

    public Task<bool> KnowsAsync(string service, CancellationToken cancellationToken = default) => Task.FromResult(true);

    public Task<IReadOnlyList<PastService>> AtAsync(DateTimeOffset time, CancellationToken cancellationToken = default) => Task.FromResult<IReadOnlyList<PastService>>([]);

    public Task RecordAsync(AuditEntry entry, CancellationToken cancellationToken = default)
    {
        Recorded.Add(entry);
        return Task.CompletedTask;
    }

    public Task<HistoryEntry?> LastAsync(IReadOnlyCollection<string> kinds, CancellationToken cancellationToken = default) => Task.FromResult<HistoryEntry?>(null);

    private static long Number(HistoryEntry entry) => long.Parse(entry.Id[1..], System.Globalization.CultureInfo.InvariantCulture);
}
