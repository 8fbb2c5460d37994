namespace Ziggie.Actors.Resources;

/// <summary>One process of the machine, as people see it.</summary>
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
public sealed record MachineProcess(
    int Pid, int Parent, string? Name, string? User, char? State, double? CpuPercent, long MemoryBytes, int Threads, int? OpenFiles,
    DateTimeOffset? StartedAt, string Command, string? Service);

/// <param name="Shown">In the order that was asked for.</param>
/// <param name="Total">That match.</param>
public sealed record MachineProcesses(IReadOnlyList<MachineProcess> Shown, int Total);

/// <summary>What comes first: the most, the newest, or pid from 1 on.</summary>
public enum ProcessOrder { Cpu, Memory, Pid, Started }
