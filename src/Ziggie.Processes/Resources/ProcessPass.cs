using System.Runtime.Versioning;
using Ziggie.Processes.Linux;

namespace Ziggie.Processes.Resources;

/// <summary>The processes of the machine at one moment, and which run each belongs to. Its lists are used again and again.</summary>
/// <remarks>
/// One belongs to the run whose main process it is, or whose session it is in, or that its parent belongs to. A child of the daemon or of
/// init that is neither has lost its parents: it belongs to the run that it belonged to in the last pass, or whose id its environment
/// carries, which is looked up once in its life.
/// </remarks>
[SupportedOSPlatform("linux")]
internal sealed class ProcessPass
{
    private const int None = -1;
    private const int Open = -2;

    private readonly Dictionary<int, int> _indexByPid = [];
    private readonly Dictionary<int, int> _runByMain = [];
    private readonly Dictionary<string, int> _runById = [];
    private readonly List<int> _runs = [];
    private IReadOnlyList<RunRoot> _roots = [];

    /// <summary>This process; its children that belong to no run are its own.</summary>
    public int Daemon { get; init; } = Environment.ProcessId;

    /// <summary>The run in the last pass of a process that has lost its parents.</summary>
    public Func<ProcStat, string?> LastRunIdOf { get; init; } = _ => null;

    public List<ProcStat> Table { get; } = new(512);

    public int Count => Table.Count;

    /// <summary>The index of the run in the list that was given; negative for none.</summary>
    public int RunOf(int index) => _runs[index];

    public int IndexOf(int pid) => _indexByPid.GetValueOrDefault(pid, None);

    /// <summary>Reads /proc.</summary>
    public void Read()
    {
        Table.Clear();
        foreach (var pid in ProcFs.Pids())
        {
            if (ProcFs.Stat(pid) is { IsKernelThread: false } stat) Table.Add(stat);
        }
    }

    /// <summary>Finds the run of every process in <see cref="Table"/>.</summary>
    public void Assign(IReadOnlyList<RunRoot> roots)
    {
        _roots = roots;
        _indexByPid.Clear();
        _runs.Clear();
        for (var index = 0; index < Table.Count; index++)
        {
            _indexByPid[Table[index].Pid] = index;
            _runs.Add(Open);
        }
        _runByMain.Clear();
        _runById.Clear();
        for (var run = 0; run < roots.Count; run++)
        {
            var main = roots[run].Main;
            _runById[roots[run].RunId] = run;
            if (_indexByPid.TryGetValue(main.Pid, out var index) && Table[index].StartTime == main.StartTime) _runByMain[main.Pid] = run;
        }
        for (var index = 0; index < Table.Count; index++) Find(index);
    }

    private int Find(int index)
    {
        if (_runs[index] != Open) return _runs[index];
        // Whatever a torn picture of parents may say, this comes to an end.
        _runs[index] = None;
        return _runs[index] = Look(Table[index]);
    }

    private int Look(ProcStat stat)
    {
        if (_runByMain.TryGetValue(stat.Pid, out var own)) return own;
        if (stat.Session != stat.Pid && stat.Session != Daemon && _runByMain.TryGetValue(stat.Session, out var session)) return session;
        if (stat.Parent != Daemon && stat.Parent > 1 && _indexByPid.TryGetValue(stat.Parent, out var parent)) return Find(parent);
        if (LastRunIdOf(stat) is { } runId && _runById.TryGetValue(runId, out var stray)) return stray;
        return stat.Parent == Daemon ? _runByMain.GetValueOrDefault(Daemon, None) : None;
    }

    /// <summary>Null for a process of no run.</summary>
    public RunRoot? RootOf(int index) => _runs[index] >= 0 ? _roots[_runs[index]] : null;
}
