using Ziggie.Processes;
using Ziggie.Processes.Resources;

namespace Ziggie.Actors.Resources;

/// <summary>Services with limits whose runs are in control groups: there the kernel counts, and a changed memory limit is set.</summary>
internal sealed class GroupWatch(IProcessLauncher launcher)
{
    private readonly Dictionary<string, (string RunId, TimeSpan Cpu, TimeSpan At, long? Limit)> _before = [];

    /// <summary>The usage as the kernel counts it, and whether the kernel keeps the memory limit.</summary>
    /// <param name="service">As it is now, with a process.</param>
    /// <param name="sampled">As /proc tells it.</param>
    /// <param name="at">The machine's monotonic clock.</param>
    public (RunUsage Usage, bool IsKept) Look(ServiceView service, RunUsage sampled, TimeSpan at)
    {
        if (service.Definition.Limits is not { } limits || service.RunId is not { } runId || launcher.UsageOf(runId) is not { } group)
        {
            _before.Remove(service.Name);
            return (sampled, false);
        }
        var known = _before.TryGetValue(service.Name, out var before) && before.RunId == runId;
        if (known && before.Limit != limits.MaxMemory) launcher.LimitMemory(runId, limits.MaxMemory);
        _before[service.Name] = (runId, group.Cpu, at, limits.MaxMemory);
        var cpu = known && at > before.At ? Math.Round((group.Cpu - before.Cpu) / (at - before.At) * 100, 2) : sampled.CpuPercent;
        var memory = group is { LimitsMemory: true, MemoryBytes: { } bytes } ? bytes : sampled.MemoryBytes;
        return (sampled with { CpuPercent = cpu, MemoryBytes = memory }, group.LimitsMemory);
    }
}
