using Ziggie.Processes;

namespace Ziggie.TestHarness.Fakes;

/// <summary>The process table of the story's machine.</summary>
public sealed class FakeLauncher : IProcessLauncher
{
    private readonly Lock _gate = new();
    private readonly List<FakeProcess> _processes = [];
    private readonly Dictionary<string, Queue<LaunchResult.Failed>> _failures = [];
    private int _lastPid = 1000;

    /// <summary>Every process that ever was, in the order of launching.</summary>
    public IReadOnlyList<FakeProcess> All { get { lock (_gate) return [.. _processes]; } }

    /// <summary>Called with each process when it is launched, before anybody else knows of it.</summary>
    public Action<FakeProcess>? OnLaunched { get; set; }

    public IEnumerable<FakeProcess> Of(string service) => All.Where(p => p.Service == service);

    /// <summary>The next launch of a service fails so.</summary>
    public void FailNext(string service, LaunchFailure reason, string message)
    {
        lock (_gate)
        {
            if (!_failures.TryGetValue(service, out var queue)) _failures[service] = queue = new();
            queue.Enqueue(new LaunchResult.Failed(reason, message));
        }
    }

    public int NextPid() => Interlocked.Increment(ref _lastPid);

    public LauncherCapabilities Capabilities => LauncherCapabilities.Full;

    public LaunchResult Launch(ProcessSpec spec)
    {
        var service = spec.Environment["ZIGGIE_SERVICE"];
        FakeProcess process;
        lock (_gate)
        {
            if (_failures.TryGetValue(service, out var queue) && queue.TryDequeue(out var failed)) return failed;
            process = new FakeProcess(new ProcessIdentity(NextPid(), _lastPid * 10L, FakeMoments.BootId), spec.RunId, service);
            _processes.Add(process);
        }
        OnLaunched?.Invoke(process);
        return new LaunchResult.Launched(process);
    }

    public IServiceProcess? Adopt(ProcessIdentity identity, string runId) =>
        All.FirstOrDefault(p => p.Identity == identity && p.RunId == runId && p.IsAlive);

    /// <summary>Runs that were launched by a daemon that died right after it, and are gone.</summary>
    public HashSet<string> Marked { get; } = [];

    public bool WasLaunched(string runId) => Marked.Contains(runId) || All.Any(p => p.RunId == runId);

    public void EndLeftovers(string runIdPrefix) { }

    public IReadOnlyDictionary<string, ProcessIdentity> FindRuns(IReadOnlySet<string> runIds) =>
        All.Where(p => p.IsAlive && runIds.Contains(p.RunId)).ToDictionary(p => p.RunId, p => p.Identity);

    public IReadOnlyList<int> FindTree(string runId, ProcessIdentity? main)
    {
        if (All.FirstOrDefault(p => p.RunId == runId) is not { } process) return [];
        lock (_gate) return process.IsAlive ? [process.Identity.Pid, .. process.Descendants] : [.. process.Descendants];
    }

    /// <summary>What the kernel says of runs in control groups; by service.</summary>
    public Dictionary<string, GroupUsage> Groups { get; } = [];

    public GroupUsage? UsageOf(string runId) =>
        All.FirstOrDefault(p => p.RunId == runId) is { } process ? Groups.GetValueOrDefault(process.Service) : null;

    public void LimitMemory(string runId, long? bytes) { }

    public int SignalTree(string runId, ProcessIdentity? main, params ReadOnlySpan<int> signals)
    {
        var tree = FindTree(runId, main);
        if (All.FirstOrDefault(p => p.RunId == runId) is not { } process) return 0;
        foreach (var signal in signals)
        {
            process.Signal(signal);
            if (signal == SignalNames.Kill) lock (_gate) process.Descendants.Clear();
        }
        return tree.Count;
    }

    public void Dispose() { }
}
