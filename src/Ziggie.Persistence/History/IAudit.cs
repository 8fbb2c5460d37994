namespace Ziggie.Persistence.History;

/// <summary>The daemon's own record: who signed in, who changed users, when it started and ended. The table <c>audit</c>.</summary>
public interface IAudit
{
    /// <summary>Adds an entry; it is there when the task ends.</summary>
    Task RecordAsync(AuditEntry entry, CancellationToken cancellationToken = default);

    /// <summary>The newest of these kinds; null when there is none.</summary>
    Task<HistoryEntry?> LastAsync(IReadOnlyCollection<string> kinds, CancellationToken cancellationToken = default);
}
