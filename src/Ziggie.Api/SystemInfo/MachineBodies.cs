using Ziggie.Actors.Resources;
using Ziggie.Api.Contracts;

namespace Ziggie.Api.SystemInfo;

/// <summary>Makes the bodies about what runs on the machine.</summary>
internal static class MachineBodies
{
    public static ProcessListAnswer Of(MachineProcesses found) => new(true, [.. found.Shown.Select(Of)], found.Shown.Count, found.Total);

    public static PortListAnswer Of(IReadOnlyList<MachinePort> ports) =>
        new(true, [.. ports.Select(p => new PortBody(p.Port, "tcp", p.Address, p.Pid, p.Program, p.Service))], ports.Count);

    public static DiskBody Of(DiskUsage disk) => new(disk.Mount, disk.FileSystem, disk.TotalBytes, disk.FreeBytes, disk.UsedPercent, disk.Holds);

    private static ProcessBody Of(MachineProcess p) => new(
        p.Pid, p.Parent, p.Name, p.User, p.State?.ToString(), p.CpuPercent, p.MemoryBytes, p.Threads, p.OpenFiles, p.StartedAt?.UtcDateTime,
        p.Command, p.Service);
}
