using Ziggie.Api.Handover;
using Ziggie.Api.Notifications;
using Ziggie.Dashboard.Access;

namespace Ziggie.Api.Browser;

/// <summary>Lets the dashboard restart the daemon, and tells it of notifications.</summary>
internal sealed class DashboardControl(DaemonControl daemon, NotificationSettings settings, NotificationCounts counts) : IDaemonControl
{
    public IReadOnlyList<NotifiedTarget> Targets { get; } = [.. settings.Targets.Select(Shown)];

    public NotificationTotals Notified => new(counts.Sent, counts.FailedAttempts, counts.Dropped);

    public Task<string?> RestartAsync(string by) => daemon.RestartAsync($"asked for by {by}");

    // Of an address only where it leads: what follows is often a secret, and a password may stand before it.
    private static NotifiedTarget Shown(NotificationTarget target) => new(
        target.Name, target.Type.ToString().ToLowerInvariant(),
        target.Url?.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped) ?? target.Command[0], target.Events);
}
