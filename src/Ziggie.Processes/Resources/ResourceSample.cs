namespace Ziggie.Processes.Resources;

/// <summary>One look at everything.</summary>
/// <param name="SinceBoot">When, by the machine's monotonic clock.</param>
/// <param name="Services">By name; those whose main process was there.</param>
/// <param name="Host">The machine.</param>
public sealed record ResourceSample(TimeSpan SinceBoot, IReadOnlyDictionary<string, RunUsage> Services, HostUsage Host);
