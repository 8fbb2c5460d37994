namespace Ziggie.Api.Notifications;

/// <summary>What became of notifications, since the daemon started.</summary>
internal sealed class NotificationCounts
{
    private long _sent, _failed, _dropped;

    public long Sent => Interlocked.Read(ref _sent);

    /// <summary>Attempts that did not arrive.</summary>
    public long FailedAttempts => Interlocked.Read(ref _failed);

    /// <summary>Told to nobody: every attempt failed, or too many waited.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    public void AddSent() => Interlocked.Increment(ref _sent);

    public void AddFailedAttempt() => Interlocked.Increment(ref _failed);

    public void AddDropped() => Interlocked.Increment(ref _dropped);
}
