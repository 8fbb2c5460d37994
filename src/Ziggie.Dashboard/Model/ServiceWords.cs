using Ziggie.Actors;
using Ziggie.Actors.Domain;
using Ziggie.Processes;

namespace Ziggie.Dashboard.Model;

/// <summary>How a service stands, in the fewest words.</summary>
public static class ServiceWords
{
    public static string Of(Phase phase) => phase switch
    {
        Phase.Stopped => "Stopped",
        Phase.Waiting => "Waiting",
        Phase.Starting => "Starting",
        Phase.Running => "Running",
        Phase.Stopping => "Stopping",
        Phase.Backoff => "Failed",
        Phase.Completed => "Completed",
        _ => "Failed",
    };

    public static string Of(ServiceStatus status) => status switch
    {
        ServiceStatus.Running => "Running",
        ServiceStatus.Failed => "Failed",
        _ => "Stopped",
    };

    public static string Of(Health health) => health switch
    {
        Health.Healthy => "Healthy",
        Health.Unhealthy => "Unhealthy",
        _ => "Not checked",
    };

    /// <summary>It runs, but its checks fail.</summary>
    public static bool IsUnwell(ServiceView service) => service is { Status: ServiceStatus.Running, Health: Health.Unhealthy };

    /// <summary>"exit 1", "SIGKILL", "end unknown"; null when it never ended.</summary>
    public static string? Of(LastExit? exit) => exit switch
    {
        null => null,
        { Code: { } code } => $"exit {code}",
        { Signal: { } signal } => SignalNames.NameOf(signal),
        _ => "end unknown",
    };

    /// <summary>What stands after the phase: the exit that matters now, and nothing where the time says it all.</summary>
    public static string? Aside(ServiceView service) => service.Phase switch
    {
        Phase.Backoff or Phase.Failed => Of(service.LastExit),
        Phase.Completed when service.LastExit is { Code: not 0 } => Of(service.LastExit),
        _ => null,
    };
}
