namespace Ziggie.Dashboard.Access;

/// <summary>The daemon's own affairs, for admins.</summary>
public interface IDaemonControl
{
    /// <summary>Whom the daemon tells of trouble.</summary>
    IReadOnlyList<NotifiedTarget> Targets { get; }

    /// <summary>What became of notifications since the daemon started.</summary>
    NotificationTotals Notified { get; }

    /// <summary>Hands over to a new process of the program on disk, which no service notices.</summary>
    /// <returns>Null, or why all stays as it is.</returns>
    Task<string?> RestartAsync(string by);
}

/// <param name="Name">As configured.</param>
/// <param name="Type">webhook or command.</param>
/// <param name="Place">Where it leads, without secrets.</param>
/// <param name="Events">What it is told.</param>
public sealed record NotifiedTarget(string Name, string Type, string Place, IReadOnlyList<string> Events);

/// <param name="Sent">That arrived.</param>
/// <param name="FailedAttempts">Attempts that did not.</param>
/// <param name="Dropped">Told to nobody.</param>
public sealed record NotificationTotals(long Sent, long FailedAttempts, long Dropped);
