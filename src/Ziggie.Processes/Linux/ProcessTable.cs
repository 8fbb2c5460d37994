using System.Diagnostics;
using System.Runtime.Versioning;

namespace Ziggie.Processes.Linux;

/// <summary>
/// The processes of the machine. Callers that ask at the same time share one pass over /proc, so that stopping a thousand services at once
/// does not take a thousand passes over a thousand processes. Nor does a pass look at the main processes that live: they lead their
/// sessions, and the watcher knows when they end.
/// </summary>
[SupportedOSPlatform("linux")]
internal sealed class ProcessTable(Func<int, LinuxProcess?> liveMain)
{
    private readonly Lock _pass = new();
    private readonly RunIds _runIds = new();
    private ProcStat[] _last = [];
    private long _lastBegan = long.MinValue;

    /// <summary>A pass that began after this call did.</summary>
    public ProcStat[] Fresh()
    {
        var called = Stopwatch.GetTimestamp();
        lock (_pass)
        {
            if (_lastBegan > called) return _last;
            var begins = Stopwatch.GetTimestamp();
            _last = ProcFs.All(Sketch);
            _lastBegan = begins;
            _runIds.Trim(_last);
            return _last;
        }
    }

    /// <summary>The run in whose environment a process of a pass was started; null without one or without permission to look.</summary>
    public string? RunIdOf(ProcStat stat) =>
        liveMain(stat.Pid) is { } main && main.Identity.StartTime == stat.StartTime ? main.RunId : _runIds.Of(stat);

    /// <summary>What a living main process's line would say of its place; its parent and state are not looked at.</summary>
    private ProcStat? Sketch(int pid) => liveMain(pid) is { } main
        ? new ProcStat(pid, 0, pid, pid, main.Identity.StartTime, 'S', IsKernelThread: false, 0)
        : null;
}
