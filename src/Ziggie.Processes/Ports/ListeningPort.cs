namespace Ziggie.Processes.Ports;

/// <summary>A TCP port that somebody listens on.</summary>
/// <param name="Port">1 to 65535.</param>
/// <param name="Address">Such as 127.0.0.1, 0.0.0.0 or ::.</param>
/// <param name="Pid">Null when the daemon may not see who it is.</param>
public sealed record ListeningPort(int Port, string Address, int? Pid);
