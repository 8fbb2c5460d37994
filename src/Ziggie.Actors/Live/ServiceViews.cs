using Ziggie.Actors.Domain;
using Ziggie.Actors.Domain.Configuration;
using Ziggie.Actors.Domain.Definitions;

namespace Ziggie.Actors.Live;

/// <summary>Makes what the outside sees from what a service knows.</summary>
public static class ServiceViews
{
    public static ServiceView Of(int id, ServiceState state)
    {
        var run = state.Run;
        var alive = run?.IsAlive == true;
        return new ServiceView
        {
            Id = id,
            Definition = state.Definition!,
            Origin = Origins.OrDefault(state.Origin, ""),
            Status = StatusOf(state),
            Phase = state.Phase,
            Desired = state.Desired,
            DesiredBy = state.DesiredBy,
            Health = alive ? state.Health : Health.Unknown,
            HealthMessage = alive ? state.HealthMessage : null,
            Reason = state.Reason,
            Ready = alive && run!.IsReady && run.StopCause is null,
            Pid = alive ? run!.Process!.Pid : null,
            Process = alive ? run!.Process : null,
            RunId = alive ? run!.RunId : null,
            StartedAt = alive ? run!.StartedAt : null,
            StartedSinceBoot = alive ? run!.StartedSinceBoot : null,
            LastExit = state.LastExit,
            Restarts = state.Restarts,
            NextRestartAt = state.NextRestartAt,
            RestartRequired = alive && !ReferenceEquals(run!.Definition, state.Definition)
                && DefinitionComparer.NeedsRestart(run.Definition, state.Definition!),
            Generation = state.Generation,
            CreatedAt = state.CreatedAt,
            UpdatedAt = state.UpdatedAt,
        };
    }

    /// <summary>running = there is a process; failed = one was wanted and is not there; stopped = the rest.</summary>
    public static ServiceStatus StatusOf(ServiceState state) =>
        state.Run?.IsAlive == true ? ServiceStatus.Running
        : state.Phase is Phase.Backoff or Phase.Failed ? ServiceStatus.Failed
        : ServiceStatus.Stopped;
}
