using Ziggie.Processes.Ports;

namespace Ziggie.Actors.Services;

/// <summary>The machine's own ports.</summary>
public sealed class SystemPorts : IPorts
{
    public string? OwnerOf(int port) => PortOwner.Find(port) switch
    {
        null => null,
        { Pid: { } pid, Program: var program } => $"{program ?? "a process"} (PID {pid})",
        _ => "another program",
    };
}
