using System.Diagnostics;

namespace Ziggie.Bench;

/// <summary>A new daemon process with a store that knows many services.</summary>
internal static class RecoveryBench
{
    public static async Task StoredAsync(Options options)
    {
        var template = await Templates.MakeAsync(options, autostart: false);
        List<double> stored = [], cpu = [];
        for (var run = 0; run < options.Runs; run++)
        {
            var (daemon, milliseconds) = await Daemon.StartAsync(options, Templates.Copy(template));
            await using var owned = daemon;
            stored.Add(milliseconds);
            cpu.Add(Machine.CpuSeconds(daemon.Pid));
        }
        Directory.Delete(template, recursive: true);
        Report.Samples($"daemon start to first answer, {options.Services} stored services", stored, "ms");
        Report.Samples("processor time of the daemon until then", cpu, "s");
    }

    /// <summary>The daemon is killed and its services run on.</summary>
    public static async Task AdoptedAsync(Options options)
    {
        var template = await Templates.MakeAsync(options, autostart: true);
        List<double> answers = [], running = [];
        for (var run = 0; run < options.Runs; run++)
        {
            var home = Templates.Copy(template);
            var (daemon, _) = await Daemon.StartAsync(options, home);
            await Wait.UntilAsync(async () => await daemon.CountAsync("running") >= options.Services, pauseMilliseconds: 20);
            await Wait.UntilIdleAsync(daemon.Pid);
            var before = Machine.Find(Templates.Prefix);
            await daemon.CrashAsync();
            var begin = Stopwatch.GetTimestamp();
            (daemon, var first) = await Daemon.StartAsync(options, home);
            await using var owned = daemon;
            answers.Add(first);
            await Wait.UntilAsync(async () => await daemon.CountAsync("running") >= options.Services, pauseMilliseconds: 20);
            running.Add(Stopwatch.GetElapsedTime(begin).TotalMilliseconds);
            await Wait.UntilIdleAsync(daemon.Pid);
            var after = Machine.Find(Templates.Prefix);
            if (before.Count != options.Services || before.Except(after).Any()) throw new InvalidOperationException("Not the same processes.");
        }
        Directory.Delete(template, recursive: true);
        Report.Samples($"kill -9 of the daemon, new one's start to first answer, {options.Services} processes taken back", answers, "ms");
        Report.Samples("the same until it shows all of them running", running, "ms");
    }
}
