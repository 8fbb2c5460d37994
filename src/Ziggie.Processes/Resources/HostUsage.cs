using System.Collections.Immutable;

namespace Ziggie.Processes.Resources;

/// <summary>What the whole machine uses. Null where the platform does not tell.</summary>
public sealed record HostUsage
{
    /// <summary>Of all cores together, 0 to 100, since the sample before; waiting for disks counts as idle.</summary>
    public double? CpuPercent { get; init; }

    /// <summary>The same for each core.</summary>
    public ImmutableArray<double> CorePercents { get; init; } = [];

    public long? MemoryTotalBytes { get; init; }

    /// <summary>What could be given to programs without swapping.</summary>
    public long? MemoryAvailableBytes { get; init; }

    public long? SwapTotalBytes { get; init; }

    public long? SwapFreeBytes { get; init; }

    /// <summary>Mean numbers of running processes over 1, 5 and 15 minutes; empty where there are none.</summary>
    public ImmutableArray<double> Load { get; init; } = [];

    /// <summary>All that the daemon sees.</summary>
    public int? Processes { get; init; }

    public long? MemoryUsedBytes => MemoryTotalBytes - MemoryAvailableBytes;

    public long? SwapUsedBytes => SwapTotalBytes - SwapFreeBytes;
}
