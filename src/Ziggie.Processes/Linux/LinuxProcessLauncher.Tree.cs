namespace Ziggie.Processes.Linux;

internal sealed partial class LinuxProcessLauncher
{
    private static readonly int OwnSession = Native.SessionOf(0);

    private readonly ProcessTable _table = new(ExitWatcher.Shared.LiveMain);

    public IReadOnlyDictionary<string, ProcessIdentity> FindRuns(IReadOnlySet<string> runIds)
    {
        var best = new Dictionary<string, ProcStat>();
        if (runIds.Count == 0) return new Dictionary<string, ProcessIdentity>();
        foreach (var stat in _table.Fresh())
        {
            if (stat.IsZombie || stat.IsKernelThread || stat.Pid == Environment.ProcessId) continue;
            if (_table.RunIdOf(stat) is not { } runId || !runIds.Contains(runId)) continue;
            if (!best.TryGetValue(runId, out var other) || Rank(stat).CompareTo(Rank(other)) < 0) best[runId] = stat;
        }
        var found = best.ToDictionary(run => run.Key, run => new ProcessIdentity(run.Value.Pid, run.Value.StartTime, ProcFs.BootId));
        // Who was held needs no looking for, and may have ended meanwhile.
        foreach (var runId in runIds)
        {
            if (_keeper?.IdentityOf(runId) is { } kept) found[runId] = kept;
        }
        return found;
    }

    public bool WasLaunched(string runId) => _marks?.Has(runId) == true;

    public void EndLeftovers(string runIdPrefix)
    {
        foreach (var stat in ProcFs.All())
        {
            if (stat.IsZombie || stat.IsKernelThread || stat.Pid == Environment.ProcessId) continue;
            if (ProcFs.RunIdOf(stat.Pid)?.StartsWith(runIdPrefix, StringComparison.Ordinal) == true) SignalExactly(stat, SignalNames.Kill);
        }
    }

    public IReadOnlyList<int> FindTree(string runId, ProcessIdentity? main) => [.. Members(runId, main).Select(stat => stat.Pid)];

    public int SignalTree(string runId, ProcessIdentity? main, params ReadOnlySpan<int> signals)
    {
        var members = Members(runId, main);
        // The main process first: its children then do not die before its eyes, which it might take for crashes to be mended.
        var inOrder = members.OrderBy(stat => stat.Pid == main?.Pid ? 0 : 1).ToList();
        foreach (var signal in signals)
        {
            foreach (var member in inOrder) SignalExactly(member, signal);
            if (signal == SignalNames.Kill) _cgroups?.Kill(runId);
        }
        return members.Count;
    }

    private static (bool IsFollower, long StartTime, int Pid) Rank(ProcStat stat) => (stat.Session != stat.Pid, stat.StartTime, stat.Pid);

    private List<ProcStat> Members(string runId, ProcessIdentity? main)
    {
        // Of an earlier boot nothing is left, and its numbers mean others by now.
        if (main is not null && main.BootId != ProcFs.BootId) return [];
        var tree = new RunTree(runId, main, AliveAt(runId, main), Environment.ProcessId, OwnSession)
        {
            RunIdOf = _table.RunIdOf,
            IsOtherMain = stat => _watcher.LiveMain(stat.Pid) is { } other && other.RunId != runId && other.Identity.StartTime == stat.StartTime,
        };
        var table = _table.Fresh();
        // The shared table only sketches main processes; of this run's own the truth is wanted.
        var members = tree.Find([.. table.Select(stat => IsOwnMain(stat, runId, main) ? ProcFs.Stat(stat.Pid) : stat).OfType<ProcStat>()]);
        if (_cgroups is not null) AddFromGroup(runId, members);
        return members;
    }

    /// <summary>What is in the run's control group belongs to it, whatever it did to its parents, session and environment.</summary>
    private void AddFromGroup(string runId, List<ProcStat> members)
    {
        foreach (var pid in _cgroups!.Members(runId))
        {
            if (pid == Environment.ProcessId || members.Any(member => member.Pid == pid)) continue;
            if (ProcFs.Stat(pid) is { IsZombie: false } stat) members.Add(stat);
        }
    }

    private bool IsOwnMain(ProcStat stat, string runId, ProcessIdentity? main) =>
        stat.Pid == main?.Pid || _watcher.LiveMain(stat.Pid)?.RunId == runId;

    private long AliveAt(string runId, ProcessIdentity? main)
    {
        if (main is null) return 0;
        return _byRun.TryGetValue(runId, out var process) && process.Identity == main ? process.AliveAt : main.StartTime;
    }

    /// <summary>Signals the process that was seen, or nobody.</summary>
    private static void SignalExactly(ProcStat seen, int signal)
    {
        using var pidfd = SafePidfd.Open(seen.Pid, out var error);
        if (pidfd is null)
        {
            if (Native.IsShortage(error)) throw CannotTell(seen.Pid, error);
            return;
        }
        if (ProcFs.Stat(seen.Pid)?.StartTime == seen.StartTime) pidfd.Signal(signal);
    }
}
