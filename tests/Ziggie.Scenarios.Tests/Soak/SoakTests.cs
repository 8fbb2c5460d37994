using System.Diagnostics;
using System.Globalization;
using Xunit;
using Xunit.Abstractions;
using Ziggie.Api.Tests.Support;
using Ziggie.Scenarios.Tests.Support;

namespace Ziggie.Scenarios.Tests.Soak;

/// <summary>
/// The daemon dies again and again at random moments, while its services start, stop, crash and write. ZIGGIE_SOAK_SECONDS says for how
/// long, ZIGGIE_SOAK_SEED how (times still differ), and ZIGGIE_SOAK_REPORT where the report goes beside the test's output.
/// </summary>
public sealed class SoakTests(ITestOutputHelper output) : Scenario
{
    private readonly SoakReport _report = new();
    private readonly IReadOnlyList<SoakService> _services = SoakService.All();

    private string Truth => Home.In("truth");

    [Fact]
    public async Task Whatever_happens_to_the_daemon_each_service_is_there_once_with_each_line_and_each_end()
    {
        var length = TimeSpan.FromSeconds(Setting("ZIGGIE_SOAK_SECONDS", 25));
        var seed = Setting("ZIGGIE_SOAK_SEED", Environment.TickCount & 0xFFFFF);
        _report.Set("seed", seed);
        _report.Set("seconds", (long)length.TotalSeconds);
        Directory.CreateDirectory(Truth);
        await using var daemons = new SoakDaemons(Home.Root, Home.In("daemon.out"));
        var api = daemons.Local();
        var driver = new SoakDriver(api, _services, _report);
        var killer = new SoakKiller(daemons, driver, _report);
        var watcher = new SoakWatcher(Truth, _services, driver, _report);
        try
        {
            await killer.UntilAnswersAsync();
            var script = Path.Combine(AppContext.BaseDirectory, "Soak", "worker.sh");
            foreach (var service in _services) (await api.PostAsync("/api/services", service.Definition(script, Truth))).Ok(201);
            foreach (var service in _services) await driver.CommandAsync(service, "start");
            await killer.KillAllAsync("kills while it works");

            using (var watching = new CancellationTokenSource())
            {
                using var time = new CancellationTokenSource(length);
                var watch = watcher.RunAsync(watching.Token);
                await Task.WhenAll(
                    Task.Run(() => killer.RunAsync(new Random(seed), time.Token)), Task.Run(() => driver.RunAsync(new Random(seed + 1), time.Token)));
                await killer.UntilAnswersAsync();
                await watching.CancelAsync();
                await watch;
            }
            await CheckSettledAsync(killer, driver, watcher, api, new Random(seed + 2));
            await CheckLeaksAsync(daemons, driver, new Random(seed + 3), length / 5);
            await StopAllAsync(driver, watcher);
            await killer.TerminateAsync();
            await Wait.UntilAsync(() => Home.Processes().Count == 0, "nothing is left after the daemon's orderly end");
            await CheckRecordsAsync();
        }
        finally
        {
            Tell(daemons);
        }
        Assert.True(_report.Violations.IsEmpty, _report.ToString());
    }

    /// <summary>Half of them down, half up; one more death; then it must be so, and nothing else may be there.</summary>
    private async Task CheckSettledAsync(SoakKiller killer, SoakDriver driver, SoakWatcher watcher, ApiClient api, Random random)
    {
        var up = _services.ToDictionary(service => service, _ => random.Next(2) == 0);
        foreach (var (service, wanted) in up) await UntilKnownAsync(driver, service, wanted ? "start" : "stop");
        await killer.KillAllAsync("kills while it works");
        await killer.UntilAnswersAsync();
        foreach (var (service, wanted) in up)
        {
            var view = new Service(api, service.Name);
            if (!wanted)
            {
                Assert.Equal("stopped", (await view.StatusAsync()).Phase());
                Assert.Empty(watcher.LivingOf(service.Name));
                foreach (var child in ChildrenOf(service)) Assert.False(Proc.Lives(child), $"PID {child} of '{service.Name}', which is down, still lives.");
            }
            else if (service.IsSteady)
            {
                var status = await view.UntilAsync(s => s.Phase() == "running", "runs");
                Assert.Equal(status.Pid(), Assert.Single(watcher.LivingOf(service.Name)));
            }
            else
            {
                await view.UntilAsync(s => s.Phase() is "running" or "starting" || s.Reason() is not null, "runs, or says why not");
            }
        }
    }

    /// <summary>The last daemon works on without dying, and must not grow.</summary>
    private async Task CheckLeaksAsync(SoakDaemons daemons, SoakDriver driver, Random random, TimeSpan time)
    {
        var pid = daemons.Holder() ?? throw new InvalidOperationException("There is no daemon.");
        await Task.Delay(2000);
        Measure(pid, "before the last stretch");
        var descriptors = Proc.DescriptorsOf(pid);
        using (var until = new CancellationTokenSource(time)) await driver.RunAsync(random, until.Token);
        foreach (var service in _services) await UntilKnownAsync(driver, service, "stop");
        // What has ended is held on for ten seconds.
        await UntilAsync(() => Proc.DescriptorsOf(pid) <= descriptors + 5, "the daemon's descriptors are as few as before",
            () => $"{descriptors} before, now: {string.Join(' ', Directory.GetFileSystemEntries($"/proc/{pid}/fd").Select(f => new FileInfo(f).LinkTarget))}");
        Measure(pid, "after it");
    }

    private void Measure(int pid, string when)
    {
        _report.Set($"daemon {when}: descriptors", Proc.DescriptorsOf(pid));
        _report.Set($"daemon {when}: threads", Proc.StatusOf(pid, "Threads"));
        _report.Set($"daemon {when}: resident kB", Proc.StatusOf(pid, "VmRSS"));
    }

    private async Task StopAllAsync(SoakDriver driver, SoakWatcher watcher)
    {
        foreach (var service in _services)
        {
            await UntilKnownAsync(driver, service, "stop");
            if (watcher.LivingOf(service.Name) is { Count: > 0 } left) _report.Violate($"'{service.Name}' was stopped, and PID {left[0]} lives.");
            foreach (var child in ChildrenOf(service).Where(Proc.Lives)) _report.Violate($"'{service.Name}' was stopped, and its child {child} lives.");
        }
        await UntilAsync(() => Home.Processes().Count == 1, "the daemon is alone, without a keeper",
            () => string.Join('\n', Home.Processes().Select(pid => $"{pid} {Proc.CommandLineOf(pid)}")));
    }

    private async Task CheckRecordsAsync()
    {
        var history = await StoredHistory.ReadAsync(Home.Root);
        var truth = TrueRun.ReadAll(Truth).ToLookup(run => run.Service);
        foreach (var service in _services)
        {
            new HistoryCheck(service, history[service.Name], [.. truth[service.Name]], _report).Run();
            new LogCheck(service, StoredLog.Read(Path.Combine(Home.Root, "logs", service.Name)), [.. truth[service.Name]], _report).Run();
        }
    }

    private IEnumerable<int> ChildrenOf(SoakService service) =>
        TrueRun.ReadAll(Truth).Where(run => run.Service == service.Name)
            .SelectMany(run => run.Children.Where(child => Proc.VariableOf(child, "ZIGGIE_RUN_ID") == run.RunId));

    /// <summary>Longer than usual: what has ended is held on for a while.</summary>
    private static async Task UntilAsync(Func<bool> condition, string what, Func<string> seen)
    {
        var end = Environment.TickCount64 + 90_000;
        while (!condition())
        {
            if (Environment.TickCount64 > end) Assert.Fail($"Waited in vain until {what}. {seen()}");
            await Task.Delay(100);
        }
    }

    private static Task UntilKnownAsync(SoakDriver driver, SoakService service, string command) =>
        Wait.UntilAsync(() => driver.CommandAsync(service, command), $"'{service.Name}' answers to {command}");

    private void Tell(SoakDaemons daemons)
    {
        var text = $"{_report}\nThe daemons' last words:\n{daemons.LastWords()}";
        output.WriteLine(text);
        if (Environment.GetEnvironmentVariable("ZIGGIE_SOAK_REPORT") is { Length: > 0 } file) File.WriteAllText(file, text);
        if (_report.Violations.IsEmpty || Environment.GetEnvironmentVariable("ZIGGIE_SOAK_KEEP") is not { Length: > 0 } folder) return;
        // For a look at the journal and the logs afterwards.
        using var copy = Process.Start("cp", ["-a", Path.GetDirectoryName(Home.Root)!, folder]);
        copy.WaitForExit();
    }

    private static int Setting(string name, int standard) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var number) ? number : standard;
}
