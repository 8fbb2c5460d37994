using Ziggie.Processes.Linux;

namespace Ziggie.Processes;

/// <summary>Identities that need no launcher.</summary>
public static class ProcessIdentities
{
    /// <summary>This program's own process.</summary>
    public static ProcessIdentity Own { get; } = OperatingSystem.IsLinux() && ProcFs.Stat(Environment.ProcessId) is { } stat
        ? new ProcessIdentity(Environment.ProcessId, stat.StartTime, ProcFs.BootId)
        : new ProcessIdentity(Environment.ProcessId, 0, "");
}
