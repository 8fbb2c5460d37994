namespace Ziggie.Api.Metrics;

/// <summary>What services use of the machine, where it is measured. Registered, it appears among the metrics.</summary>
internal interface IServiceResourceUsage
{
    /// <summary>The last reading; null when there is none. Takes no time of its own.</summary>
    ResourceReading? Of(string service);
}

/// <param name="CpuRatio">1 is one core in full use; null until there are two samples.</param>
/// <param name="MemoryBytes">Of the whole tree.</param>
internal sealed record ResourceReading(double? CpuRatio, long MemoryBytes);
