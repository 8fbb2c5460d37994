using Ziggie.Actors.Domain;
using static Ziggie.Actors.Domain.ServiceEvents;

namespace Ziggie.Scenarios.Tests.Soak;

/// <summary>Compares the stored history of one service with what its runs have noted themselves.</summary>
internal sealed class HistoryCheck(SoakService service, IReadOnlyList<IServiceEvent> events, IReadOnlyList<TrueRun> runs, SoakReport report)
{
    private const int Terminate = 15, Kill = 9;

    private static bool KernelKeepsExits => Environment.OSVersion.Version >= new Version(6, 15);

    private readonly Dictionary<string, TrueRun> _truth = runs.ToDictionary(run => run.RunId);
    private readonly Dictionary<long, string> _runIds = [];
    private readonly Dictionary<long, Launched> _launched = [];
    private readonly HashSet<long> _ended = [];
    private readonly HashSet<long> _stopping = [];
    private readonly List<TimeSpan> _restarts = [];

    public void Run()
    {
        foreach (var happened in events) Check(happened);
        foreach (var (generation, _) in _launched.Where(run => !_ended.Contains(run.Key)))
            Violate(generation, "was launched, everything was stopped, and its end is not recorded");
        foreach (var run in runs.Where(run => !_runIds.ContainsValue(run.RunId)))
            report.Violate($"'{service.Name}': a process {run.Pid} ran with the run id {run.RunId}, which the journal does not know.");
        report.Count("runs", runs.Count);
        report.Count("runs recorded", _launched.Count);
    }

    private void Check(IServiceEvent happened)
    {
        switch (happened)
        {
            case WantedUp: _restarts.Clear(); break;
            case Launching e: _runIds[e.Generation] = e.RunId; break;
            case Launched e:
                if (!_launched.TryAdd(e.Generation, e)) Violate(e.Generation, "is recorded twice as launched");
                if (Truth(e.Generation) is { Pid: { } pid } && pid != e.Process.Pid) Violate(e.Generation, $"is recorded with PID {e.Process.Pid}, and was {pid}");
                break;
            case LaunchFailed e when Truth(e.Generation) is { } ran:
                report.Count("runs that were taken for not launched");
                Violate(e.Generation, $"is recorded as not launched ({e.Message}), and ran: PID {ran.Pid}, {ran.Lines} lines, code {ran.Code} signal {ran.Signal}");
                break;
            case Stopping e: _stopping.Add(e.Generation); break;
            case Exited e: CheckExit(e); break;
            case RestartPlanned e: CheckBudget(e); break;
        }
    }

    private void CheckExit(Exited e)
    {
        if (!_ended.Add(e.Generation))
        {
            Violate(e.Generation, "has two recorded ends");
            return;
        }
        report.Count("ends recorded");
        var truth = Truth(e.Generation);
        if (e is { Code: null, Signal: null })
        {
            var age = _launched.TryGetValue(e.Generation, out var launched) ? $"{(e.At - launched.At).TotalMilliseconds:0} ms after its recorded launch" : "never recorded as launched";
            report.Count("unknown exits");
            var what = $"ended, how is recorded as unknown, {age}; stopping: {_stopping.Contains(e.Generation)}; in truth: {truth}";
            if (KernelKeepsExits) Violate(e.Generation, what);
            else report.Notes.Enqueue($"'{service.Name}' run {e.Generation} {what}");
            return;
        }
        var wasAsked = _stopping.Contains(e.Generation);
        var isTrue = truth switch
        {
            { Code: { } code } when e.Code == code => true,
            { Signal: { } signal } when e.Signal == signal => true,
            _ => wasAsked && e.Signal is Terminate or Kill,
        };
        if (!isTrue)
            Violate(e.Generation, $"ended with code {e.Code} signal {e.Signal} by the record, {(wasAsked ? "being stopped" : "by itself")}; in truth: {truth}");
        else if (service.IsSteady && !wasAsked) Violate(e.Generation, "ended although nobody wanted that");
    }

    private void CheckBudget(RestartPlanned e)
    {
        _restarts.RemoveAll(at => at <= e.SinceBoot - service.Window);
        _restarts.Add(e.SinceBoot);
        if (_restarts.Count > service.Budget) Violate(e.Generation, $"is followed by restart {_restarts.Count} in {service.Window}, and {service.Budget} are allowed");
        if (e.Delay > TimeSpan.FromSeconds(60)) Violate(e.Generation, $"is followed by a delay of {e.Delay}");
    }

    private TrueRun? Truth(long generation) => _runIds.TryGetValue(generation, out var runId) ? _truth.GetValueOrDefault(runId) : null;

    private void Violate(long generation, string what) =>
        report.Violate($"'{service.Name}' run {generation} ({_runIds.GetValueOrDefault(generation)}) {what}.");
}
