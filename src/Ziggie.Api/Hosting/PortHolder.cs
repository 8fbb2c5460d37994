using Ziggie.Processes.Ports;

namespace Ziggie.Api.Hosting;

/// <summary>Says who listens on a port.</summary>
internal static class PortHolder
{
    /// <summary>" by python3 (PID 123)", or nothing when it cannot be known.</summary>
    public static string Describe(int port) =>
        PortOwner.Find(port) is { Pid: { } pid } use ? $" by {use.Program ?? "a process"} (PID {pid})" : "";
}
