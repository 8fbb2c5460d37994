using System.Collections.Concurrent;
using System.Runtime.Versioning;
using Ziggie.Processes.Linux.Cgroups;

namespace Ziggie.Processes.Linux;

/// <summary>Processes as sessions of their own, held by pidfds. The parts: launching, taking back, finding and signalling trees.</summary>
[SupportedOSPlatform("linux")]
internal sealed partial class LinuxProcessLauncher : IProcessLauncher
{
    private readonly ConcurrentDictionary<LinuxProcess, byte> _processes = new();
    private readonly ConcurrentDictionary<string, LinuxProcess> _byRun = new();
    private readonly ExitWatcher _watcher = ExitWatcher.Shared;
    private readonly RunKeeper? _keeper;
    private readonly LaunchMarks? _marks;
    private readonly CgroupTree? _cgroups;

    /// <param name="subreaper">
    /// Whether orphans of services become children of this process, which then reaps them. Holds for the whole operating-system
    /// process, for ever.
    /// </param>
    /// <param name="keeperFolder">Where the FIFOs are; runs are then held for the time when there is no daemon. Null: they are not.</param>
    /// <param name="keeperStays">How long they are held when no daemon comes any more.</param>
    /// <param name="cgroups">A control group for each run: <c>auto</c>, <c>off</c>, or the folder of one that is the daemon's.</param>
    public LinuxProcessLauncher(bool subreaper = true, string? keeperFolder = null, string cgroups = "off", TimeSpan? keeperStays = null)
    {
        var (tree, why) = CgroupTree.Open(cgroups);
        // Made now, and not when the first service starts, maybe without a descriptor or a thread to be had.
        var isGateThere = BirthGate.IsThere;
        // Without the gate no child could be put into a group before it becomes the program.
        if (tree is not null && !isGateThere) (tree, why) = (null, $"A run cannot be put into a control group: {BirthGate.WhyMissing}");
        _cgroups = tree;
        Capabilities = LauncherCapabilities.Full with
        {
            WhyNoCgroup = tree is null ? why : tree.WhyNoLimits,
            LimitsProcessor = tree?.LimitsProcessor == true,
        };
        if (subreaper) Native.BecomeSubreaper();
        if (keeperFolder is null) return;
        _marks = new LaunchMarks(Path.Combine(keeperFolder, "launched"));
        _keeper = new RunKeeper(keeperFolder, _marks, _watcher.SpawnGate, keeperStays ?? ProcessLauncher.DefaultKeeperStay);
    }

    public LauncherCapabilities Capabilities { get; }

    public GroupUsage? UsageOf(string runId) => _cgroups?.UsageOf(runId);

    public void LimitMemory(string runId, long? bytes) => _cgroups?.LimitMemory(runId, bytes);

    /// <summary>Ends the watch over all processes; they live on.</summary>
    public void Dispose()
    {
        _keeper?.Dispose();
        foreach (var process in _processes.Keys) process.Dispose();
    }

    private LinuxProcess Hold(ProcessIdentity identity, string runId, SafePidfd pidfd, long aliveAt, bool isKept, params ReadOnlySpan<string?> fifos)
    {
        var process = new LinuxProcess(identity, runId, pidfd, aliveAt, Release);
        _processes[process] = 0;
        _byRun[runId] = process;
        if (isKept) _keeper?.Hold(process, fifos);
        return process;
    }

    private void Release(LinuxProcess process)
    {
        _watcher.Forget(process);
        _processes.TryRemove(process, out _);
        _keeper?.Release(process.RunId);
        _byRun.TryRemove(KeyValuePair.Create(process.RunId, process));
        _cgroups?.Remove(process.RunId);
    }
}
