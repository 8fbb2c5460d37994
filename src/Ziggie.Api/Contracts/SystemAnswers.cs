using Ziggie.Processes.Resources;

namespace Ziggie.Api.Contracts;

/// <summary>What the machine and all services use now.</summary>
/// <param name="Success">True.</param>
/// <param name="SampledAt">When it was measured; null before the first sample and when nothing is measured.</param>
/// <param name="IntervalSeconds">From one sample to the next; null when nothing is measured.</param>
/// <param name="Host">The machine.</param>
/// <param name="Services">All services together.</param>
/// <param name="Daemon">The daemon itself, without its services.</param>
/// <param name="History">Of the machine: processor and used memory.</param>
internal sealed record SystemStatsAnswer(
    bool Success, DateTime? SampledAt, double? IntervalSeconds, HostBody Host, ServiceTotals Services, DaemonUsage Daemon,
    IReadOnlyList<UsagePointBody> History);

/// <param name="CpuPercent">Of all cores together, 0 to 100.</param>
/// <param name="CpuPerCore">The same for each.</param>
/// <param name="Cores">How many.</param>
/// <param name="Memory">Null where the platform does not tell.</param>
/// <param name="Swap">Null where the platform does not tell.</param>
/// <param name="Load">Over 1, 5 and 15 minutes.</param>
/// <param name="Processes">All that the daemon sees, without the kernel's own threads.</param>
/// <param name="UptimeSeconds">Since the machine's start.</param>
/// <param name="BootTime">When that was.</param>
/// <param name="Disks">The file systems of the daemon's home and of its logs.</param>
internal sealed record HostBody(
    double? CpuPercent, IReadOnlyList<double> CpuPerCore, int Cores, MemoryBody? Memory, SwapBody? Swap, IReadOnlyList<double> Load,
    int? Processes, double UptimeSeconds, DateTime BootTime, IReadOnlyList<DiskBody> Disks);

/// <param name="TotalBytes">Of the machine.</param>
/// <param name="UsedBytes">What is not available.</param>
/// <param name="AvailableBytes">What could be given to programs without swapping.</param>
/// <param name="UsedPercent">Of the total.</param>
internal sealed record MemoryBody(long TotalBytes, long? UsedBytes, long? AvailableBytes, double? UsedPercent)
{
    public static MemoryBody? Of(HostUsage host)
    {
        if (host.MemoryTotalBytes is not { } total) return null;
        double? percent = total > 0 && host.MemoryUsedBytes is { } used ? Math.Round(100.0 * used / total, 2) : null;
        return new MemoryBody(total, host.MemoryUsedBytes, host.MemoryAvailableBytes, percent);
    }
}

internal sealed record SwapBody(long TotalBytes, long? UsedBytes);

/// <param name="Mount">Where the file system is mounted.</param>
/// <param name="FileSystem">Such as ext4.</param>
/// <param name="TotalBytes">Its size.</param>
/// <param name="FreeBytes">What the daemon's user may still write.</param>
/// <param name="UsedPercent">Of what the daemon's user could use, as df has it.</param>
/// <param name="Holds">home, logs, or both.</param>
internal sealed record DiskBody(
    string Mount, string FileSystem, long TotalBytes, long FreeBytes, double UsedPercent, IReadOnlyList<string> Holds);

/// <param name="Total">How many services there are.</param>
/// <param name="Running">Of them, with status running.</param>
/// <param name="Failed">With status failed.</param>
/// <param name="Stopped">With status stopped.</param>
/// <param name="CpuPercent">Of one core; the daemon not counted.</param>
/// <param name="MemoryBytes">The daemon not counted.</param>
internal sealed record ServiceTotals(int Total, int Running, int Failed, int Stopped, double? CpuPercent, long MemoryBytes);

/// <param name="Pid">Its process.</param>
/// <param name="CpuPercent">Of one core; null when it is not measured.</param>
/// <param name="MemoryBytes">Resident.</param>
internal sealed record DaemonUsage(int Pid, double? CpuPercent, long MemoryBytes);

/// <summary>What does not change while the daemon runs.</summary>
/// <param name="Success">True.</param>
/// <param name="Hostname">The machine's name.</param>
/// <param name="Os">System and version.</param>
/// <param name="Architecture">x64, arm64 and so on.</param>
/// <param name="Cores">That the daemon may use.</param>
/// <param name="BootTime">When the machine was started.</param>
/// <param name="Daemon">The program that answers.</param>
/// <param name="LimitsBy">
/// Who keeps which limit: cgroup (the kernel, at once), sampling (the daemon, when it sees it exceeded twice) or nobody.
/// </param>
/// <param name="LimitsNote">Why not cgroup; null where it is.</param>
/// <param name="Sampling">How usage is measured.</param>
/// <param name="Missing">What the launcher of processes cannot do here, a sentence each.</param>
internal sealed record SystemInfoAnswer(
    bool Success, string Hostname, string Os, string Architecture, int Cores, DateTime BootTime, DaemonInfo Daemon, LimitKeepers LimitsBy,
    string? LimitsNote, SamplingInfo Sampling, IReadOnlyList<string> Missing);

internal sealed record DaemonInfo(string Version, string Runtime, int Pid, string User, string Home);

/// <param name="Enabled">Whether anything is measured.</param>
/// <param name="IntervalSeconds">From one sample to the next at present.</param>
/// <param name="Missing">What this platform does not tell; null when it tells all.</param>
internal sealed record SamplingInfo(bool Enabled, double? IntervalSeconds, string? Missing);

/// <param name="Success">True.</param>
/// <param name="Processes">In the order that was asked for.</param>
/// <param name="Count">In this answer.</param>
/// <param name="Total">That match.</param>
internal sealed record ProcessListAnswer(bool Success, IReadOnlyList<ProcessBody> Processes, int Count, int Total);

/// <param name="Pid">Its id.</param>
/// <param name="Parent">Its parent's.</param>
/// <param name="Name">The short name; null when it has just ended.</param>
/// <param name="User">Whose it is.</param>
/// <param name="State">R, S, D, Z, T and so on.</param>
/// <param name="CpuPercent">Of one core; null for one that is younger than the last sample.</param>
/// <param name="MemoryBytes">Resident.</param>
/// <param name="Threads">How many.</param>
/// <param name="OpenFiles">Descriptors; null when the daemon may not look.</param>
/// <param name="StartedAt">When it began.</param>
/// <param name="Command">Its command line, with secrets masked.</param>
/// <param name="Service">Whose tree it belongs to.</param>
internal sealed record ProcessBody(
    int Pid, int Parent, string? Name, string? User, string? State, double? CpuPercent, long MemoryBytes, int Threads, int? OpenFiles,
    DateTime? StartedAt, string Command, string? Service);

internal sealed record PortListAnswer(bool Success, IReadOnlyList<PortBody> Ports, int Count);

/// <param name="Port">1 to 65535.</param>
/// <param name="Protocol">tcp.</param>
/// <param name="Address">On which it is listened.</param>
/// <param name="Pid">Null when the daemon may not see who listens.</param>
/// <param name="Program">The short name of that process.</param>
/// <param name="Service">Whose tree it belongs to.</param>
internal sealed record PortBody(int Port, string Protocol, string Address, int? Pid, string? Program, string? Service);
