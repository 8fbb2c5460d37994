namespace Ziggie.Actors.Resources;

/// <summary>One point of a history.</summary>
/// <param name="At">The end of what it stands for.</param>
/// <param name="CpuPercent">The mean; null when it was not known.</param>
/// <param name="MemoryBytes">The greatest.</param>
public sealed record UsagePoint(DateTimeOffset At, double? CpuPercent, long MemoryBytes);
