namespace Ziggie.Processes.Ports;

/// <summary>Who listens on a TCP port, as far as it can be known.</summary>
/// <param name="Port">1 to 65535.</param>
/// <param name="Pid">Null when the listener is another user's and the daemon may not look, or lives in another container.</param>
/// <param name="Program">The process's short name, as ps shows it; null when the PID is.</param>
public sealed record PortUse(int Port, int? Pid, string? Program)
{
    /// <summary>"port 8080 is in use by nginx (PID 12)", or without the end when that is unknown.</summary>
    public override string ToString() =>
        Pid is null ? $"port {Port} is in use" : $"port {Port} is in use by {Program ?? "a process"} (PID {Pid})";
}
