namespace Ziggie.Api.Notifications;

/// <summary>What is told, as JSON. What does not apply is null.</summary>
/// <param name="Id">The same for every attempt, and after a restart of the daemon: who has seen it may pass over it.</param>
/// <param name="Event">failed, gave_up, unhealthy, recovered, a kind of the history, or test.</param>
/// <param name="At">When it happened, in UTC.</param>
/// <param name="Host">The machine's name.</param>
/// <param name="Service">The service's name.</param>
/// <param name="Groups">Of the service.</param>
/// <param name="Reason">A sentence.</param>
/// <param name="Run">The run's number.</param>
/// <param name="Pid">Of the process that was started.</param>
/// <param name="Code">The exit code.</param>
/// <param name="Signal">The signal's name.</param>
/// <param name="Suppressed">Earlier ones that were not told one by one, because they came too fast.</param>
/// <param name="Logs">The last lines of the service's log; null when none are asked for.</param>
internal sealed record Notification(
    string Id, string Event, DateTime At, string Host, string? Service, IReadOnlyList<string> Groups, string Reason, long? Run, int? Pid,
    int? Code, string? Signal, int Suppressed, IReadOnlyList<string>? Logs);
