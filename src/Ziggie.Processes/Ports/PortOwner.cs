using System.Net.NetworkInformation;
using Ziggie.Processes.Linux;

namespace Ziggie.Processes.Ports;

/// <summary>Looks up listening TCP ports of this machine, on any of its addresses.</summary>
public static class PortOwner
{
    /// <summary>Whether nobody listens on the port. Connections that linger in TIME_WAIT do not count.</summary>
    public static bool IsFree(int port) => OperatingSystem.IsLinux()
        ? !ListeningSockets.InodesOf(port).Any()
        : IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().All(listener => listener.Port != port);

    /// <summary>Who listens on the port; null when nobody does.</summary>
    public static PortUse? Find(int port)
    {
        if (!OperatingSystem.IsLinux()) return IsFree(port) ? null : new PortUse(port, null, null);
        var inodes = ListeningSockets.InodesOf(port).ToHashSet();
        if (inodes.Count == 0) return null;
        return ListeningSockets.HolderOf(inodes) is { } pid
            ? new PortUse(port, pid, ProcFs.NameOf(pid))
            : new PortUse(port, null, null);
    }
}
