using System.Runtime.Versioning;
using Ziggie.Processes.Linux;

namespace Ziggie.Processes.Resources;

/// <summary>
/// The processor time that runs have used from one pass to the next. Most children end between two passes; what they used is then in their
/// parent's account of waited-for children, less what was counted while they lived.
/// </summary>
/// <remarks>Lost is what a process used after the last look at it when nobody of its run waited for it.</remarks>
[SupportedOSPlatform("linux")]
internal sealed class TickCount
{
    private Dictionary<int, Entry> _before = [];
    private Dictionary<int, Entry> _now = [];
    private readonly Dictionary<int, long> _counted = [];
    private long _lastPass = -1;

    /// <summary>Whether there is a pass to compare with.</summary>
    public bool HasBefore => _lastPass >= 0;

    /// <summary>The run of a process in the last pass; null without one.</summary>
    public string? RunIdOf(ProcStat stat) =>
        _before.TryGetValue(stat.Pid, out var entry) && entry.StartTime == stat.StartTime ? entry.RunId : null;

    /// <summary>Ticks of a process itself in the last interval; null when it is younger than that.</summary>
    public long? LastTicksOf(ProcStat stat) =>
        _before.TryGetValue(stat.Pid, out var entry) && entry.StartTime == stat.StartTime ? entry.LastTicks : null;

    /// <summary>Adds to each run what its processes have used since the last pass, and remembers this one.</summary>
    /// <param name="pass">Assigned.</param>
    /// <param name="startedAt">Clock ticks since boot when the pass began.</param>
    /// <param name="ticks">For each run, to be added to.</param>
    public void Take(ProcessPass pass, long startedAt, Span<long> ticks)
    {
        _now.Clear();
        CreditEnded(pass);
        for (var index = 0; index < pass.Count; index++)
        {
            var stat = pass.Table[index];
            var used = 0L;
            var run = pass.RunOf(index);
            if (_before.TryGetValue(stat.Pid, out var entry) && entry.StartTime == stat.StartTime)
            {
                used = stat.OwnTicks - entry.OwnTicks;
                var children = stat.ChildTicks - entry.ChildTicks - _counted.GetValueOrDefault(stat.Pid);
                if (run >= 0) ticks[run] += used + Math.Max(0, children);
            }
            else if (stat.StartTime >= _lastPass && HasBefore)
            {
                used = stat.OwnTicks;
                if (run >= 0) ticks[run] += used + stat.ChildTicks;
            }
            _now[stat.Pid] = new Entry(stat.StartTime, stat.OwnTicks, stat.ChildTicks, stat.Parent, used, pass.RootOf(index)?.RunId);
        }
        (_before, _now) = (_now, _before);
        _lastPass = startedAt;
    }

    /// <summary>What is gone was counted before: its nearest ancestor that lives has it in its account of children by now.</summary>
    private void CreditEnded(ProcessPass pass)
    {
        _counted.Clear();
        foreach (var (pid, entry) in _before)
        {
            if (entry.RunId is null || Lives(pass, pid, entry.StartTime)) continue;
            var parent = entry.Parent;
            // A chain in the last pass is as long as the tree is deep; the bound is for torn pictures.
            for (var depth = 0; depth < 64 && _before.TryGetValue(parent, out var ancestor); depth++)
            {
                if (Lives(pass, parent, ancestor.StartTime))
                {
                    _counted[parent] = _counted.GetValueOrDefault(parent) + entry.OwnTicks + entry.ChildTicks;
                    break;
                }
                parent = ancestor.Parent;
            }
        }
    }

    private static bool Lives(ProcessPass pass, int pid, long startTime) =>
        pass.IndexOf(pid) is >= 0 and var index && pass.Table[index].StartTime == startTime;

    private readonly record struct Entry(long StartTime, long OwnTicks, long ChildTicks, int Parent, long LastTicks, string? RunId);
}
