namespace Ziggie.Processes;

/// <summary>What a run in a control group has used, its ended processes included.</summary>
/// <param name="Cpu">Processor time since the run began.</param>
/// <param name="MemoryBytes">What counts against its limit, page cache included; null where the group does not count memory.</param>
/// <param name="LimitsMemory">The kernel keeps the memory limit.</param>
/// <param name="OutOfMemory">The kernel has killed it, or one of its processes, at that limit.</param>
public sealed record GroupUsage(TimeSpan Cpu, long? MemoryBytes, bool LimitsMemory, bool OutOfMemory);
