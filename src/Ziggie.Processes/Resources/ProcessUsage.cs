namespace Ziggie.Processes.Resources;

/// <summary>One process of the machine.</summary>
/// <param name="Pid">Its id.</param>
/// <param name="Parent">0 when that is not known.</param>
/// <param name="StartedSinceBoot">By the machine's monotonic clock; null where the platform does not tell.</param>
/// <param name="State">R, S, D, Z, T and so on, as ps shows it; null where the platform has none.</param>
/// <param name="CpuPercent">Of one core, in the last sample; null for one that is younger.</param>
/// <param name="MemoryBytes">Resident.</param>
/// <param name="Threads">How many.</param>
/// <param name="Service">Whose tree it belongs to; null for none.</param>
public sealed record ProcessUsage(
    int Pid, int Parent, TimeSpan? StartedSinceBoot, char? State, double? CpuPercent, long MemoryBytes, int Threads, string? Service);
