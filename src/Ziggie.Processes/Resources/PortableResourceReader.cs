using System.ComponentModel;
using System.Diagnostics;
using Ziggie.Processes.Portable;

namespace Ziggie.Processes.Resources;

/// <summary>
/// What .NET tells on every platform: processes and their trees by parents, nothing of children that ended, little of the machine.
/// </summary>
internal sealed class PortableResourceReader : IResourceReader
{
    private readonly Lock _gate = new();
    private Dictionary<int, (long Start, TimeSpan Cpu)> _before = [];
    private Dictionary<int, double> _percents = [];
    private TimeSpan _lastAt;

    public string? Missing =>
        "Here only what .NET tells is measured: no load, swap, cores and free memory of the machine, "
        + "no time of children that have ended, and no strays.";

    public ResourceSample Sample(IReadOnlyList<RunRoot> runs)
    {
        lock (_gate)
        {
            var at = MachineClock.SinceBoot;
            var seconds = _lastAt == TimeSpan.Zero ? 0 : (at - _lastAt).TotalSeconds;
            var processes = Read(runs);
            _percents = processes
                .Where(p => seconds > 0 && _before.TryGetValue(p.Pid, out var before) && before.Start == p.Start)
                .ToDictionary(p => p.Pid, p => Math.Round((p.Cpu - _before[p.Pid].Cpu).TotalSeconds / seconds * 100, 2));
            _before = processes.ToDictionary(p => p.Pid, p => (p.Start, p.Cpu));
            _lastAt = at;
            var trees = processes.Where(p => p.Service is not null).GroupBy(p => p.Service!);
            var services = trees.ToDictionary(tree => tree.Key, tree => new RunUsage(
                seconds > 0 ? tree.Sum(p => _percents.GetValueOrDefault(p.Pid)) : null, tree.Sum(p => p.Memory), tree.Count(),
                tree.Sum(p => p.Threads)));
            var total = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
            return new ResourceSample(at, services, new HostUsage { MemoryTotalBytes = total, Processes = processes.Count });
        }
    }

    public IReadOnlyList<ProcessUsage> Processes(IReadOnlyList<RunRoot> runs)
    {
        lock (_gate)
        {
            return [.. Read(runs).Select(p => new ProcessUsage(
                p.Pid, p.Parent, null, null, _percents.TryGetValue(p.Pid, out var cpu) ? cpu : null, p.Memory, p.Threads, p.Service))];
        }
    }

    private static List<Seen> Read(IReadOnlyList<RunRoot> runs)
    {
        var parents = ProcessList.Read().ToDictionary(link => link.Pid, link => link.Parent);
        var mains = runs.ToDictionary(run => run.Main.Pid, run => run.Service);
        var processes = new List<Seen>();
        foreach (var process in Process.GetProcesses())
        {
            using (process)
            {
                try
                {
                    processes.Add(new Seen(
                        process.Id, parents.GetValueOrDefault(process.Id), process.StartTime.Ticks, process.TotalProcessorTime,
                        process.WorkingSet64, process.Threads.Count, ServiceOf(process.Id, parents, mains)));
                }
                catch (Exception error) when (error is InvalidOperationException or Win32Exception)
                {
                    // gone meanwhile, or another user's
                }
            }
        }
        return processes;
    }

    private static string? ServiceOf(int pid, Dictionary<int, int> parents, Dictionary<int, string> mains)
    {
        for (var depth = 0; depth < 64 && pid > 0; depth++)
        {
            if (mains.TryGetValue(pid, out var service)) return service;
            if (!parents.TryGetValue(pid, out pid)) return null;
        }
        return null;
    }

    private sealed record Seen(int Pid, int Parent, long Start, TimeSpan Cpu, long Memory, int Threads, string? Service);
}
