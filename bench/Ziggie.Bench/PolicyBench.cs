using System.Diagnostics;

namespace Ziggie.Bench;

/// <summary>What a crash costs, and what waiting costs, at several sizes; with sampling of resources on, as it is by default.</summary>
internal static class PolicyBench
{
    private static readonly int[] Sizes = [10, 100, 1000];

    public static async Task RunAsync(Options options)
    {
        foreach (var services in Sizes.Where(size => size <= options.Services))
        {
            await MeasureAsync(options with { Services = services });
            await PeerBench.RunAsync(options with { Services = services });
        }
    }

    private static async Task MeasureAsync(Options options)
    {
        var template = await Templates.MakeAsync(options, autostart: true);
        List<double> process = [], running = [], idle = [], memory = [];
        for (var run = 0; run < options.Runs; run++)
        {
            var (daemon, _) = await Daemon.StartAsync(options, Templates.Copy(template));
            await using var owned = daemon;
            await Wait.UntilAsync(async () => await daemon.CountAsync("running") >= options.Services, pauseMilliseconds: 20);
            await Wait.UntilIdleAsync(daemon.Pid);
            await ThousandBench.CrashesAsync(daemon, options.Services, run, process, running);
            await Wait.UntilIdleAsync(daemon.Pid);
            var before = Machine.CpuSeconds(daemon.Pid);
            var from = Stopwatch.GetTimestamp();
            await Task.Delay(options.Idle);
            idle.Add((Machine.CpuSeconds(daemon.Pid) - before) / Stopwatch.GetElapsedTime(from).TotalSeconds * 100);
            memory.Add(Machine.PssMegabytes(daemon.Pid));
            await daemon.StopAsync();
        }

        Directory.Delete(template, recursive: true);
        Report.Samples($"{options.Services} services: Ziggie: kill -9 of one to its new process", process, "ms");
        Report.Samples($"{options.Services} services: Ziggie: the same until the API says that it runs", running, "ms");
        Report.Samples($"{options.Services} services: Ziggie: idle CPU of one core, sampling on", idle, "%");
        Report.Samples($"{options.Services} services: Ziggie: memory (PSS)", memory, "MB");
    }
}
