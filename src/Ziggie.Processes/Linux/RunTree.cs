using System.Runtime.Versioning;

namespace Ziggie.Processes.Linux;

/// <summary>
/// Which processes of a table belong to a run. Errs on the side of leaving a process alone: what is found is signalled.
/// </summary>
/// <remarks>
/// Proof of membership is one of these:
/// <list type="number">
/// <item>It is the main process: PID and start time agree.</item>
/// <item>Its environment at its start carried the run's id, and it did not start before the main process.</item>
/// <item>It descends from a member that lives.</item>
/// <item>It is in the session or group that a living member leads.</item>
/// <item>It is in the session or group of the dead main process, and the number is certainly still that one's. The kernel gives a number to
/// nobody else while a session or group bears it, so one certain member in it vouches for the rest. Certain is one that carries the run's
/// id, or that started before the moment when the main process was last known to hold its PID: a stranger who got the number
/// later, and all that he started, is younger.</item>
/// </list>
/// Not found: a process that left the session, outlived the parents that connect it, and wiped its environment.
/// </remarks>
[SupportedOSPlatform("linux")]
internal sealed class RunTree(string runId, ProcessIdentity? main, long mainAliveAt, int self, int ownSession)
{
    /// <summary>Tells whether a process leads another run, for certain; its whole session is then that run's.</summary>
    public Func<ProcStat, bool> IsOtherMain { get; init; } = _ => false;

    /// <summary>The costly look into a process's environment.</summary>
    public Func<ProcStat, string?> RunIdOf { get; init; } = stat => ProcFs.RunIdOf(stat.Pid);

    /// <summary>The living members, in the order of the table.</summary>
    public List<ProcStat> Find(IReadOnlyList<ProcStat> table)
    {
        var byPid = new Dictionary<int, ProcStat>(table.Count);
        foreach (var stat in table) byPid[stat.Pid] = stat;
        var members = new Dictionary<int, ProcStat>();

        if (main is not null)
        {
            var holder = byPid.TryGetValue(main.Pid, out var found) ? found : default(ProcStat?);
            if (holder?.StartTime == main.StartTime) members[main.Pid] = holder.Value;
            // With the number in a stranger's hands, its session and group are his too.
            if (holder is null && table.Any(stat => stat.StartTime < mainAliveAt && BearsNumber(stat))) AddBearers(table, members);
        }
        Spread(table, members);

        var known = members.Count;
        foreach (var stat in table)
        {
            if (IsCandidate(stat) && !members.ContainsKey(stat.Pid) && !IsElsewhere(stat, byPid) && RunIdOf(stat) == runId)
                members[stat.Pid] = stat;
        }
        if (members.Count > known)
        {
            if (main is not null && !byPid.ContainsKey(main.Pid) && members.Values.Any(BearsNumber)) AddBearers(table, members);
            Spread(table, members);
        }
        return [.. table.Where(stat => (members.ContainsKey(stat.Pid) || IsLeaving(stat, byPid)) && !stat.IsZombie)];
    }

    private bool IsCandidate(ProcStat stat) =>
        stat.Pid != self && stat.Pid != 1 && !stat.IsKernelThread && (main is null || stat.StartTime >= main.StartTime);

    private bool BearsNumber(ProcStat stat) => main is not null && IsCandidate(stat) && (stat.Session == main.Pid || stat.Group == main.Pid);

    /// <summary>
    /// On its way out, with its environment gone and its files maybe still open, in the session of a dead main process. It is waited for, and
    /// vouches for nobody; a signal does nothing to it any more, whosever it is.
    /// </summary>
    private bool IsLeaving(ProcStat stat, Dictionary<int, ProcStat> byPid) =>
        stat.IsExiting && BearsNumber(stat) && !byPid.ContainsKey(main!.Pid);

    private void AddBearers(IReadOnlyList<ProcStat> table, Dictionary<int, ProcStat> members)
    {
        foreach (var stat in table.Where(BearsNumber)) members.TryAdd(stat.Pid, stat);
    }

    /// <summary>Follows parents, sessions and groups from member to member until nothing is new.</summary>
    private void Spread(IReadOnlyList<ProcStat> table, Dictionary<int, ProcStat> members)
    {
        if (members.Count == 0) return;
        for (var before = -1; before != members.Count;)
        {
            before = members.Count;
            foreach (var stat in table)
            {
                if (!IsCandidate(stat) || members.ContainsKey(stat.Pid)) continue;
                if (IsChild(stat, members) || Leads(stat.Session, session: true, members) || Leads(stat.Group, session: false, members))
                    members[stat.Pid] = stat;
            }
        }
    }

    private static bool IsChild(ProcStat stat, Dictionary<int, ProcStat> members) =>
        members.TryGetValue(stat.Parent, out var parent) && parent.StartTime <= stat.StartTime;

    private static bool Leads(int number, bool session, Dictionary<int, ProcStat> members) =>
        members.TryGetValue(number, out var leader) && (session ? leader.Session : leader.Group) == number;

    /// <summary>
    /// Whether a process's session rules it out, which spares the look into its environment. A run makes sessions of its own and joins
    /// none, so one that is older than the run, the daemon's, or another run's holds none of its processes.
    /// </summary>
    private bool IsElsewhere(ProcStat stat, Dictionary<int, ProcStat> byPid)
    {
        if (stat.IsZombie || stat.Session == ownSession) return true;
        if (!byPid.TryGetValue(stat.Session, out var leader)) return false;
        return IsOtherMain(leader) || (main is not null && leader.StartTime < main.StartTime);
    }
}
