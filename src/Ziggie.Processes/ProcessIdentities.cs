using System.Diagnostics;
using Ziggie.Processes.Linux;

namespace Ziggie.Processes;

/// <summary>Identities that need no launcher.</summary>
public static class ProcessIdentities
{
    /// <summary>This program's own process.</summary>
    public static ProcessIdentity Own { get; } = OperatingSystem.IsLinux() && ProcFs.Stat(Environment.ProcessId) is { } stat
        ? new ProcessIdentity(Environment.ProcessId, stat.StartTime, ProcFs.BootId)
        : new ProcessIdentity(Environment.ProcessId, 0, "");

    /// <summary>Whether a process of that number runs. One that is ending does not, though it may still hold its files for a while.</summary>
    public static bool IsAlive(int pid)
    {
        if (OperatingSystem.IsLinux()) return ProcFs.Stat(pid) is { IsZombie: false, IsExiting: false };
        try
        {
            using var process = Process.GetProcessById(pid);
            return !process.HasExited;
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
