using System.Collections.Concurrent;
using System.Runtime.Versioning;

namespace Ziggie.Processes.Linux;

/// <summary>
/// The run ids in the environments of the machine's processes, each read once: a thousand runs that end at a time would read those of
/// all other processes a thousand times.
/// </summary>
/// <remarks>
/// A process that becomes another program gets another environment under the same PID and start time. It lies elsewhere then, by the
/// kernel's choice at random, and has rarely the same length.
/// </remarks>
[SupportedOSPlatform("linux")]
internal sealed class RunIds
{
    private readonly ConcurrentDictionary<int, Entry> _known = new();

    /// <summary>Null without one, or without permission to look.</summary>
    public string? Of(ProcStat stat)
    {
        // Without permission to look, and in the middle of becoming another program, nothing says when to look again.
        if (stat.EnvironmentStart == 0 || stat.DataEnd == 0) return ProcFs.RunIdOf(stat.Pid);
        if (_known.TryGetValue(stat.Pid, out var known) && known.IsOf(stat)) return known.RunId;
        var runId = ProcFs.RunIdOf(stat.Pid);
        _known[stat.Pid] = new Entry(stat.StartTime, stat.EnvironmentStart, stat.EnvironmentEnd, runId);
        return runId;
    }

    /// <summary>Forgets those of processes that are gone, once there are many.</summary>
    /// <param name="table">All that there are.</param>
    public void Trim(ProcStat[] table)
    {
        if (_known.Count <= 2 * table.Length) return;
        var there = table.Select(stat => stat.Pid).ToHashSet();
        foreach (var pid in _known.Keys)
        {
            if (!there.Contains(pid)) _known.TryRemove(pid, out _);
        }
    }

    private sealed record Entry(long StartTime, long EnvironmentStart, long EnvironmentEnd, string? RunId)
    {
        public bool IsOf(ProcStat stat) =>
            StartTime == stat.StartTime && EnvironmentStart == stat.EnvironmentStart && EnvironmentEnd == stat.EnvironmentEnd;
    }
}
