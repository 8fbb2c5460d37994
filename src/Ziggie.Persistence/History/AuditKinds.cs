namespace Ziggie.Persistence.History;

/// <summary>What happens beside the services' own lives.</summary>
public static class AuditKinds
{
    public const string SignedIn = "signed_in";
    public const string SignInFailed = "sign_in_failed";
    public const string PasswordChanged = "password_changed";
    public const string UserCreated = "user_created";
    public const string UserChanged = "user_changed";
    public const string UserRemoved = "user_removed";
    public const string SignalSent = "signal_sent";
    public const string DaemonStarted = "daemon_started";
    public const string DaemonStopped = "daemon_stopped";
    public const string DaemonHandedOver = "daemon_handed_over";

    /// <summary>The daemon before ended without a word: it was killed, or the machine went down.</summary>
    public const string DaemonDied = "daemon_died";
    public const string BackupCreated = "backup_created";
    public const string BackupRestored = "backup_restored";
    public const string Exported = "exported";
    public const string Imported = "imported";
    public const string ConfigApplied = "config_applied";

    public static IReadOnlyList<string> All { get; } =
    [
        SignedIn, SignInFailed, PasswordChanged, UserCreated, UserChanged, UserRemoved, SignalSent, DaemonStarted, DaemonStopped,
        DaemonHandedOver, DaemonDied, BackupCreated, BackupRestored, Exported, Imported, ConfigApplied,
    ];
}
