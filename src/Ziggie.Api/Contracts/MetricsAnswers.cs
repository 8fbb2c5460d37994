using Ziggie.Actors.Resources;
using Ziggie.Processes.Resources;

namespace Ziggie.Api.Contracts;

/// <summary>What one service uses and used.</summary>
/// <param name="Success">True.</param>
/// <param name="Name">The service.</param>
/// <param name="SampledAt">When <paramref name="Current"/> was measured.</param>
/// <param name="IntervalSeconds">From one sample to the next; null when nothing is measured.</param>
/// <param name="Current">Null without a process, or before its first sample.</param>
/// <param name="Points">In the order of time.</param>
internal sealed record MetricsAnswer(
    bool Success, string Name, DateTime? SampledAt, double? IntervalSeconds, CurrentUsage? Current, IReadOnlyList<UsagePointBody> Points);

/// <param name="CpuPercent">Of one core, over the whole tree; null in the first sample of all.</param>
/// <param name="MemoryBytes">Of the whole tree.</param>
/// <param name="Processes">In the tree.</param>
/// <param name="Threads">Of all of them.</param>
internal sealed record CurrentUsage(double? CpuPercent, long MemoryBytes, int Processes, int Threads)
{
    public static CurrentUsage? Of(RunUsage? usage) =>
        usage is { } u ? new CurrentUsage(u.CpuPercent, u.MemoryBytes, u.Processes, u.Threads) : null;
}

/// <param name="Time">The end of what it stands for.</param>
/// <param name="CpuPercent">The mean.</param>
/// <param name="MemoryBytes">The greatest.</param>
internal sealed record UsagePointBody(DateTime Time, double? CpuPercent, long MemoryBytes)
{
    public static UsagePointBody Of(UsagePoint point) => new(point.At.UtcDateTime, point.CpuPercent, point.MemoryBytes);
}

/// <summary>One service in the WebSocket's message of figures.</summary>
internal sealed record UsageBody(int Id, string Name, double? CpuPercent, long MemoryBytes);
