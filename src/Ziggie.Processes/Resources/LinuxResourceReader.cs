using System.Runtime.Versioning;
using Ziggie.Processes.Linux;

namespace Ziggie.Processes.Resources;

/// <summary>Reads /proc once for all runs.</summary>
[SupportedOSPlatform("linux")]
internal sealed class LinuxResourceReader : IResourceReader
{
    private static readonly int OwnSession = Native.SessionOf(0);

    private readonly Lock _gate = new();
    private readonly ProcessPass _pass;
    private readonly TickCount _ticks = new();
    private readonly HostReader _host = new();
    private readonly Dictionary<(int Pid, long StartTime), string?> _strays = [];
    private readonly HashSet<(int, long)> _straysSeen = [];
    private long[] _used = [];
    private long[] _memory = [];
    private (int Processes, int Threads)[] _counts = [];
    private TimeSpan _lastAt;
    private double _lastSeconds;

    public LinuxResourceReader() => _pass = new ProcessPass { LastRunIdOf = RunIdOf };

    public string? Missing => null;

    public ResourceSample Sample(IReadOnlyList<RunRoot> runs)
    {
        lock (_gate)
        {
            var at = MachineClock.SinceBoot;
            var startedAt = Native.TicksSinceBoot();
            Look(runs);
            Clear(runs.Count);
            for (var index = 0; index < _pass.Count; index++)
            {
                var run = _pass.RunOf(index);
                var stat = _pass.Table[index];
                if (run < 0 || stat.IsZombie) continue;
                _memory[run] += stat.ResidentPages * Environment.SystemPageSize;
                _counts[run] = (_counts[run].Processes + 1, _counts[run].Threads + stat.Threads);
            }
            var hadBefore = _ticks.HasBefore;
            _ticks.Take(_pass, startedAt, _used);
            _lastSeconds = (at - _lastAt).TotalSeconds;
            _lastAt = at;
            var services = new Dictionary<string, RunUsage>(runs.Count);
            for (var run = 0; run < runs.Count; run++)
            {
                if (_counts[run].Processes == 0) continue;
                services[runs[run].Service] = new RunUsage(
                    hadBefore ? Percent(_used[run]) : null, _memory[run], _counts[run].Processes, _counts[run].Threads);
            }
            return new ResourceSample(at, services, _host.Read() with { Processes = _pass.Count });
        }
    }

    public IReadOnlyList<ProcessUsage> Processes(IReadOnlyList<RunRoot> runs)
    {
        lock (_gate)
        {
            Look(runs);
            var processes = new List<ProcessUsage>(_pass.Count);
            for (var index = 0; index < _pass.Count; index++)
            {
                var stat = _pass.Table[index];
                var cpu = _ticks.LastTicksOf(stat) is { } ticks && _lastSeconds > 0 ? Percent(ticks) : (double?)null;
                processes.Add(new ProcessUsage(
                    stat.Pid, stat.Parent, TimeSpan.FromSeconds(stat.StartTime / (double)Native.TicksPerSecond), stat.State, cpu,
                    stat.ResidentPages * Environment.SystemPageSize, stat.Threads, _pass.RootOf(index)?.Service));
            }
            return processes;
        }
    }

    private void Look(IReadOnlyList<RunRoot> runs)
    {
        _pass.Read();
        _straysSeen.Clear();
        _pass.Assign(runs);
        if (_strays.Count <= _straysSeen.Count) return;
        foreach (var gone in _strays.Keys.Where(key => !_straysSeen.Contains(key)).ToList()) _strays.Remove(gone);
    }

    /// <summary>Of a process that has lost its parents: by the last pass, else by a look into its environment, which stays as it is.</summary>
    private string? RunIdOf(ProcStat stat)
    {
        if (_ticks.RunIdOf(stat) is { } known) return known;
        if (stat.IsZombie || stat.Session == OwnSession) return null;
        var key = (stat.Pid, stat.StartTime);
        _straysSeen.Add(key);
        if (!_strays.TryGetValue(key, out var runId)) _strays[key] = runId = ProcFs.RunIdOf(stat.Pid);
        return runId;
    }

    private void Clear(int runs)
    {
        if (_used.Length < runs) (_used, _memory, _counts) = (new long[runs], new long[runs], new (int, int)[runs]);
        Array.Clear(_used);
        Array.Clear(_memory);
        Array.Clear(_counts);
    }

    private double Percent(long ticks) => Math.Round(100.0 * ticks / Native.TicksPerSecond / Math.Max(_lastSeconds, 0.001), 2);
}
