using System.Collections.Concurrent;
using System.Diagnostics;
using Ziggie.Processes.Linux;

namespace Ziggie.Processes.Portable;

/// <summary>
/// Trees by parents alone. Each look remembers what it found, so that a process seen once is found again after its parent has ended.
/// </summary>
internal sealed partial class PortableProcessLauncher
{
    private const int Hold = 19; // SIGSTOP

    /// <summary>On a machine with too much to do a process comes to its stop late. Where a stop cannot be seen, this is only waited for.</summary>
    private static readonly TimeSpan StopLimit = OperatingSystem.IsLinux() ? TimeSpan.FromSeconds(1) : TimeSpan.FromMilliseconds(10);

    private readonly ConcurrentDictionary<string, Dictionary<int, long>> _known = new();

    public IReadOnlyList<int> FindTree(string runId, ProcessIdentity? main) => [.. Members(runId, main).Keys];

    public int SignalTree(string runId, ProcessIdentity? main, params ReadOnlySpan<int> signals)
    {
        var most = 0;
        foreach (var signal in signals) most = Math.Max(most, SignalTree(runId, main, signal));
        return most;
    }

    private int SignalTree(string runId, ProcessIdentity? main, int signal)
    {
        var members = Members(runId, main);
        var process = _byRun.GetValueOrDefault(runId);
        if (OperatingSystem.IsWindows() && signal != SignalNames.Kill)
        {
            // The event goes to the group, and nothing but the end can be asked for. Without the main process nobody leads a group.
            return process?.Signal(signal) == true ? members.Count : 0;
        }
        if (signal == SignalNames.Kill) members = Freeze(runId, main, members, process);
        // The main process first: its children then do not die before its eyes, which it might take for crashes to be mended.
        process?.Signal(signal);
        foreach (var (pid, start) in members)
        {
            if (pid != process?.Identity.Pid && ProcessList.StartOf(pid) == start) SignalOne(pid, signal);
        }
        return members.Count;
    }

    /// <summary>
    /// Holds what is to be killed until nothing new is found. A child that is born while its parent is killed would have no parent to be
    /// found by.
    /// </summary>
    private Dictionary<int, long> Freeze(string runId, ProcessIdentity? main, Dictionary<int, long> members, PortableProcess? process)
    {
        if (OperatingSystem.IsWindows())
        {
            process?.KillTree();
            return members;
        }
        var held = new HashSet<int>();
        for (var quietLooks = 0; quietLooks < 2;)
        {
            var isQuiet = true;
            foreach (var (pid, start) in members)
            {
                if (!held.Add(pid) || ProcessList.StartOf(pid) != start) continue;
                SignalOne(pid, Hold);
                // One that runs on another processor stops a moment after the signal was sent.
                SpinWait.SpinUntil(() => IsStill(pid), StopLimit);
                isQuiet = false;
            }
            quietLooks = isQuiet ? quietLooks + 1 : 0;
            members = Members(runId, main);
        }
        return members;
    }

    /// <summary>Whether a process is stopped or gone, where that can be seen.</summary>
    private static bool IsStill(int pid) => OperatingSystem.IsLinux() && ProcFs.Stat(pid) is not { State: not ('T' or 't' or 'Z' or 'X') };

    /// <summary>The living members by PID, each with its start.</summary>
    private Dictionary<int, long> Members(string runId, ProcessIdentity? main)
    {
        var known = _known.GetOrAdd(runId, _ => []);
        lock (known)
        {
            Look(known, main ?? _byRun.GetValueOrDefault(runId)?.Identity);
            // With nobody left and the process let go of, nothing will be asked of this run again.
            if (known.Count == 0 && !_byRun.ContainsKey(runId)) _known.TryRemove(runId, out _);
            return new Dictionary<int, long>(known);
        }
    }

    /// <summary>Drops members that are gone and adds children of members; numbers count only with the start that goes with them.</summary>
    private static void Look(Dictionary<int, long> known, ProcessIdentity? main)
    {
        var living = ProcessList.Read();
        var pids = living.Select(process => process.Pid).ToHashSet();
        foreach (var (pid, start) in known.ToList())
        {
            if (!pids.Contains(pid) || ProcessList.StartOf(pid) != start) known.Remove(pid);
        }
        if (main is { StartTime: > 0 } && main.BootId == MachineClock.BootId && pids.Contains(main.Pid) && ProcessList.StartOf(main.Pid) == main.StartTime)
            known[main.Pid] = main.StartTime;

        var children = living.ToLookup(process => process.Parent);
        var open = new Queue<int>(known.Keys);
        while (open.TryDequeue(out var parent))
        {
            foreach (var child in children[parent])
            {
                if (child.Pid == Environment.ProcessId || known.ContainsKey(child.Pid)) continue;
                // On Windows a parent's number may have passed to a younger process, which is no parent of this one.
                if (ProcessList.StartOf(child.Pid) is not { } start || start < known[parent]) continue;
                known[child.Pid] = start;
                open.Enqueue(child.Pid);
            }
        }
    }

    private static void SignalOne(int pid, int signal)
    {
        if (!OperatingSystem.IsWindows())
        {
            Unix.SendSignal(pid, signal);
            return;
        }
        try
        {
            using var process = Process.GetProcessById(pid);
            process.Kill();
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            // gone meanwhile, or not the daemon's to kill: whoever asks looks at what is left
        }
    }
}
