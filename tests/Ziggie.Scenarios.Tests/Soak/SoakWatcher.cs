using Ziggie.Scenarios.Tests.Support;

namespace Ziggie.Scenarios.Tests.Soak;

/// <summary>Looks all the time at what really runs: never two of a service, and what was promised.</summary>
internal sealed class SoakWatcher(string truth, IReadOnlyList<SoakService> services, SoakDriver driver, SoakReport report)
{
    private readonly HashSet<string> _seen = [];
    private readonly List<Main> _living = [];

    public async Task RunAsync(CancellationToken until)
    {
        while (!until.IsCancellationRequested)
        {
            Look();
            await Task.Delay(30, CancellationToken.None);
        }
    }

    /// <summary>The main processes of a service that live now.</summary>
    public IReadOnlyList<int> LivingOf(string service)
    {
        Look();
        return [.. _living.Where(main => main.Service == service && Lives(main)).Select(main => main.Pid)];
    }

    private void Look()
    {
        var claims = services.ToDictionary(service => service.Name, service => driver.ClaimOn(service.Name));
        foreach (var file in Directory.GetFiles(truth).Where(file => !_seen.Contains(file)))
        {
            var run = TrueRun.Read(file);
            if (run.Pid is not { } pid) continue; // about to be written
            _seen.Add(file);
            if (Proc.VariableOf(pid, "ZIGGIE_RUN_ID") == run.RunId) _living.Add(new Main(run.Service, run.RunId, pid, Proc.StartTimeOf(pid)));
        }
        _living.RemoveAll(main => !Lives(main));
        report.Count("looks at the processes");
        foreach (var group in _living.GroupBy(main => main.Service).Where(group => group.Count() > 1))
        {
            // Each was seen alive before; alive again, all of them were at the same time.
            var twins = group.Where(Lives).ToList();
            if (twins.Count > 1)
                report.Violate($"Two main processes of '{group.Key}' at once: {string.Join(" and ", twins)}. Look for these runs in the journal.");
        }
        foreach (var (service, claim) in claims) Hold(service, claim);
    }

    private void Hold(string service, Claim? claim)
    {
        if (claim is null) return;
        var mine = _living.Where(main => main.Service == service).ToList();
        if (claim.Pid is null)
        {
            if (mine.Where(Lives).ToList() is { Count: > 0 } alive && ReferenceEquals(driver.ClaimOn(service), claim))
                report.Violate($"'{service}' was stopped and answered so, yet {alive[0]} lives.");
        }
        else if (!Proc.Lives(claim.Pid.Value) && ReferenceEquals(driver.ClaimOn(service), claim))
        {
            report.Violate($"'{service}' runs with PID {claim.Pid}, it was said, and nobody wanted it otherwise, yet that process is gone.");
        }
    }

    private static bool Lives(Main main) => Proc.Lives(main.Pid) && Proc.StartTimeOf(main.Pid) == main.StartTime;

    private sealed record Main(string Service, string RunId, int Pid, string StartTime)
    {
        public override string ToString() => $"PID {Pid} of run {RunId}";
    }
}
