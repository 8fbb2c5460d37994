using MudBlazor;
using Ziggie.Persistence.History;

namespace Ziggie.Dashboard.Model.Service;

/// <summary>The kinds of a service's history: how they are grouped, called and drawn.</summary>
public static class TimelineKinds
{
    /// <summary>What can be filtered by, each with the kinds that belong to it.</summary>
    public static IReadOnlyList<(string Word, string Title, IReadOnlyList<string> Kinds)> Groups { get; } =
    [
        ("wanted", "Asked for", ["start_wanted", "stop_wanted", "signal_sent", "schedule_fired"]),
        ("runs", "Runs", ["launching", "started", "start_failed", "ready", "stopping", "exited", "tree_gone", "waiting", "wait_timed_out"]),
        ("trouble", "Failures and restarts", ["start_failed", "exited", "restart_planned", "gave_up", "wait_timed_out"]),
        ("health", "Health", ["health_changed"]),
        ("definition", "Definition", ["defined", "removed"]),
    ];

    /// <summary>The kinds behind a word of the address: a group, or one kind; none for everything.</summary>
    public static IReadOnlyList<string> Of(string? word) =>
        Groups.FirstOrDefault(g => g.Word == word).Kinds ?? (word is not null && HistoryKinds.All.Contains(word) ? [word] : []);

    /// <summary>"Start wanted".</summary>
    public static string Title(string kind) => $"{char.ToUpperInvariant(kind[0])}{kind[1..].Replace('_', ' ')}";

    public static string Icon(string kind) => kind switch
    {
        "defined" => Icons.Material.Rounded.EditNote,
        "start_wanted" => Icons.Material.Rounded.PlayArrow,
        "stop_wanted" => Icons.Material.Rounded.Stop,
        "signal_sent" => Icons.Material.Rounded.Bolt,
        "schedule_fired" => Icons.Material.Rounded.Schedule,
        "waiting" or "wait_timed_out" => Icons.Material.Rounded.HourglassEmpty,
        "launching" or "started" => Icons.Material.Rounded.RocketLaunch,
        "ready" => Icons.Material.Rounded.CheckCircle,
        "stopping" or "tree_gone" => Icons.Material.Rounded.PowerSettingsNew,
        "exited" => Icons.Material.Rounded.ExitToApp,
        "start_failed" or "gave_up" => Icons.Material.Rounded.ErrorOutline,
        "restart_planned" => Icons.Material.Rounded.RestartAlt,
        "health_changed" => Icons.Material.Rounded.FavoriteBorder,
        "removed" => Icons.Material.Rounded.DeleteOutline,
        _ => Icons.Material.Rounded.Circle,
    };

    /// <summary>The colour's class; the icon and the words say the same.</summary>
    public static string Tone(HistoryEntry entry) => entry.Kind switch
    {
        "start_failed" or "gave_up" or "wait_timed_out" => "sv-bad",
        "exited" when entry.Code is not 0 => "sv-bad",
        "health_changed" when entry.Message.StartsWith("Unhealthy", StringComparison.Ordinal) => "sv-bad",
        "ready" => "sv-good",
        "health_changed" => "sv-good",
        "restart_planned" => "sv-warn",
        _ => "",
    };
}
