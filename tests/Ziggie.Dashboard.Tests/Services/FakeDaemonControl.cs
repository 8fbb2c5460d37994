using Ziggie.Dashboard.Access;

namespace Ziggie.Dashboard.Tests.Services;

/// <summary>A daemon that says yes, and remembers who asked.</summary>
internal sealed class FakeDaemonControl : IDaemonControl
{
    public IReadOnlyList<NotifiedTarget> Targets => [];

    public NotificationTotals Notified { get; } = new(0, 0, 0);

    public List<string> RestartedBy { get; } = [];

    public Task<string?> RestartAsync(string by)
    {
        RestartedBy.Add(by);
        return Task.FromResult<string?>(null);
    }
}
