using Ziggie.Actors.Domain.Definitions;

namespace Ziggie.Actors.Services;

/// <summary>Looks at a service from outside, once.</summary>
public interface INetworkProbe
{
    /// <summary>Connects to a port of this machine.</summary>
    Task<ProbeResult> ConnectAsync(int port, TimeSpan timeout, CancellationToken cancellationToken);

    Task<ProbeResult> GetAsync(Probe.Http probe, TimeSpan timeout, CancellationToken cancellationToken);
}

/// <param name="IsSuccess">Whether it was well.</param>
/// <param name="Message">What was seen, as a sentence.</param>
public sealed record ProbeResult(bool IsSuccess, string Message);
