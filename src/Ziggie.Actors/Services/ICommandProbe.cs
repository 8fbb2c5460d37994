using Ziggie.Actors.Domain.Definitions;

namespace Ziggie.Actors.Services;

/// <summary>Looks at a service by a command, once.</summary>
public interface ICommandProbe
{
    /// <summary>
    /// Exit code 0 is success. A command that is not over in time, or given up, is ended with all that it has started.
    /// </summary>
    Task<ProbeResult> RunAsync(ServiceDefinition definition, Probe.Exec probe, TimeSpan timeout, CancellationToken cancellationToken);
}
