namespace Ziggie.Processes.Resources;

/// <summary>What the whole tree of a run uses: its main process, descendants, its session, and strays that carry its id.</summary>
/// <param name="CpuPercent">Of one core since the sample before, so it may exceed 100; null in the first one.</param>
/// <param name="MemoryBytes">
/// Resident bytes (RSS) of all its processes added up. Memory that they share, such as libraries, counts in each of them; its fair
/// share (PSS) costs the kernel a hundred times as much to tell. In a control group with a memory limit: what counts against that limit.
/// </param>
/// <param name="Processes">Without zombies.</param>
/// <param name="Threads">Of all of them.</param>
public readonly record struct RunUsage(double? CpuPercent, long MemoryBytes, int Processes, int Threads);
