using MudBlazor;
using Ziggie.Persistence.History;

namespace Ziggie.Dashboard.Model.History;

/// <summary>How a kind of happening looks: a picture, a word, and a tone.</summary>
/// <param name="Icon">One of MudBlazor's.</param>
/// <param name="Word">"Start wanted".</param>
/// <param name="Tone">A class: z-good, z-bad, z-warn, or empty.</param>
public sealed record KindLook(string Icon, string Word, string Tone)
{
    private const string Good = "z-good", Bad = "z-bad", Warn = "z-warn", Plain = "";

    public static KindLook Of(HistoryEntry entry)
    {
        var (icon, tone) = entry.Kind switch
        {
            "start_wanted" => (Icons.Material.Rounded.PlayArrow, Plain),
            "stop_wanted" => (Icons.Material.Rounded.Stop, Plain),
            "waiting" => (Icons.Material.Rounded.HourglassEmpty, Plain),
            "wait_timed_out" => (Icons.Material.Rounded.HourglassDisabled, Bad),
            "schedule_fired" => (Icons.Material.Rounded.Schedule, Plain),
            "launching" => (Icons.Material.Rounded.RocketLaunch, Plain),
            "started" => (Icons.Material.Rounded.RocketLaunch, Good),
            "ready" => (Icons.Material.Rounded.TaskAlt, Good),
            "start_failed" => (Icons.Material.Rounded.ErrorOutline, Bad),
            "stopping" => (Icons.Material.Rounded.PauseCircleOutline, Plain),
            "exited" => (Icons.Material.Rounded.ExitToApp, entry is { Code: 0 } ? Plain : Warn),
            "tree_gone" => (Icons.Material.Rounded.CleaningServices, Plain),
            "restart_planned" => (Icons.Material.Rounded.RestartAlt, Warn),
            "gave_up" => (Icons.Material.Rounded.Report, Bad),
            "health_changed" => Health(entry),
            "defined" => (Icons.Material.Rounded.EditNote, Plain),
            "removed" => (Icons.Material.Rounded.DeleteOutline, Plain),
            AuditKinds.SignedIn => (Icons.Material.Rounded.Login, Plain),
            AuditKinds.SignInFailed => (Icons.Material.Rounded.GppMaybe, Warn),
            AuditKinds.PasswordChanged => (Icons.Material.Rounded.Key, Plain),
            AuditKinds.UserCreated => (Icons.Material.Rounded.PersonAdd, Plain),
            AuditKinds.UserChanged => (Icons.Material.Rounded.ManageAccounts, Plain),
            AuditKinds.UserRemoved => (Icons.Material.Rounded.PersonRemove, Plain),
            AuditKinds.SignalSent => (Icons.Material.Rounded.Bolt, Plain),
            AuditKinds.DaemonDied => (Icons.Material.Rounded.PowerOff, Bad),
            AuditKinds.DaemonStarted or AuditKinds.DaemonStopped or AuditKinds.DaemonHandedOver => (Icons.Material.Rounded.PowerSettingsNew, Plain),
            AuditKinds.ConfigApplied => (Icons.Material.Rounded.Tune, Plain),
            AuditKinds.BackupCreated or AuditKinds.BackupRestored or AuditKinds.Exported or AuditKinds.Imported => (Icons.Material.Rounded.Save, Plain),
            _ => (Icons.Material.Rounded.FiberManualRecord, Plain),
        };
        return new KindLook(icon, Title(entry.Kind), tone);
    }

    /// <summary>"wait_timed_out" is "Wait timed out".</summary>
    public static string Title(string kind) => kind.Length == 0 ? "" : char.ToUpperInvariant(kind[0]) + kind[1..].Replace('_', ' ');

    private static (string, string) Health(HistoryEntry entry) => entry.Details?["health"]?.ToString() switch
    {
        "healthy" => (Icons.Material.Rounded.Favorite, Good),
        "unhealthy" => (Icons.Material.Rounded.HeartBroken, Bad),
        _ => (Icons.Material.Rounded.FavoriteBorder, Plain),
    };
}
