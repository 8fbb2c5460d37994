using System.Runtime.Versioning;

namespace Ziggie.Processes.Linux;

/// <summary>
/// Reaps orphans that became children of this process because it is a subreaper or PID 1, and nobody else's children: the runtime
/// ends the program (FailFast) when somebody reaps what System.Diagnostics.Process started.
/// </summary>
/// <remarks>
/// Who starts a process directly gives it a session: its own, or one that the child makes, whose number is then the child's PID. A
/// zombie in any third session is an orphan beyond doubt and is reaped at once. The others are most probably orphans too, but are left
/// for <see cref="Patience"/> ticks, in which the runtime would have reaped its own. Ticks and not time, so that a
/// program that was stopped for an hour does not wake up impatient.
/// </remarks>
[SupportedOSPlatform("linux")]
internal sealed class OrphanReaper(Func<int, LinuxProcess?> knownMain)
{
    /// <summary>How many looks, a second apart, a zombie of doubtful origin is spared.</summary>
    public const int Patience = 15;

    private static readonly int OwnSession = Native.SessionOf(0);

    private readonly Dictionary<(int Pid, long StartTime), int> _doubtful = [];

    /// <summary>Whether zombies are left that have to be looked at again in a second.</summary>
    public bool IsWaiting => _doubtful.Count > 0;

    /// <summary>Under the write lock of the spawn gate. A tick is a call that comes a second after the last.</summary>
    public void Reap(bool isTick, Func<LinuxProcess, bool> settle)
    {
        // The kernel always shows the first zombie, so one that is left alone hides the rest: then only a pass over /proc finds them.
        while (Native.Wait(Native.WaitForAll, 0, Native.WaitExited | Native.WaitNoHang | Native.WaitKeep, out var next) == 0 && next.Pid != 0)
        {
            if (Take(next.Pid, settle)) continue;
            Sweep(isTick, settle);
            return;
        }
        _doubtful.Clear();
    }

    private bool Take(int pid, Func<LinuxProcess, bool> settle)
    {
        if (knownMain(pid) is { } main) return settle(main);
        if (ProcFs.Stat(pid) is not { } stat) return false;
        if (stat.Session == OwnSession || stat.Session == pid)
        {
            _doubtful.TryAdd((pid, stat.StartTime), 0);
            return false;
        }
        return ReapOne(pid);
    }

    private void Sweep(bool isTick, Func<LinuxProcess, bool> settle)
    {
        if (!isTick) return;
        var zombies = ProcFs.All().Where(stat => stat.IsZombie && stat.Parent == Environment.ProcessId).ToList();
        var seen = zombies.Select(stat => (stat.Pid, stat.StartTime)).ToHashSet();
        foreach (var gone in _doubtful.Keys.Where(key => !seen.Contains(key)).ToList()) _doubtful.Remove(gone);

        foreach (var zombie in zombies)
        {
            if (Take(zombie.Pid, settle)) continue;
            var key = (zombie.Pid, zombie.StartTime);
            if (!_doubtful.TryGetValue(key, out var looks)) continue;
            _doubtful[key] = looks + 1;
            if (looks + 1 >= Patience && ReapOne(zombie.Pid)) _doubtful.Remove(key);
        }
    }

    private static bool ReapOne(int pid) => Native.Wait(Native.WaitForPid, pid, Native.WaitExited | Native.WaitNoHang, out _) == 0;
}
