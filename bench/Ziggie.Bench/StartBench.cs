using System.Diagnostics;

namespace Ziggie.Bench;

/// <summary>The daemon alone, and single services.</summary>
internal static class StartBench
{
    public static async Task FirstAnswerAsync(Options options)
    {
        List<double> first = [], again = [], cpu = [], memory = [];
        for (var run = 0; run < Math.Max(5, options.Runs); run++)
        {
            var home = Daemon.NewHome();
            var (daemon, milliseconds) = await Daemon.StartAsync(options, home);
            first.Add(milliseconds);
            await daemon.StopAsync();
            (daemon, milliseconds) = await Daemon.StartAsync(options, home);
            again.Add(milliseconds);
            cpu.Add(Machine.CpuSeconds(daemon.Pid) * 1000);
            await Wait.UntilIdleAsync(daemon.Pid);
            memory.Add(Machine.PssMegabytes(daemon.Pid));
            await daemon.DisposeAsync();
        }
        Report.Samples("daemon start to first answer, no home yet", first, "ms");
        Report.Samples("daemon start to first answer, home of four seeds", again, "ms");
        Report.Samples("processor time of the daemon until then", cpu, "ms");
        Report.Samples("memory (PSS) with four seeds, idle", memory, "MB");
    }

    /// <summary>Over the Unix socket; the grace is 0.</summary>
    public static async Task OneServiceAsync(Options options)
    {
        var (daemon, _) = await Daemon.StartAsync(options, Daemon.NewHome());
        await using var owned = daemon;
        await daemon.CreateAsync(Templates.Sleeper(0, autostart: false));
        for (var warm = 0; warm < 50; warm++)
        {
            await daemon.PostAsync($"/api/services/{Templates.Name(0)}/start");
            await daemon.PostAsync($"/api/services/{Templates.Name(0)}/stop");
        }

        List<double> starts = [], stops = [];
        for (var run = 0; run < 200; run++)
        {
            var begin = Stopwatch.GetTimestamp();
            await daemon.PostAsync($"/api/services/{Templates.Name(0)}/start");
            starts.Add(Stopwatch.GetElapsedTime(begin).TotalMilliseconds);
            begin = Stopwatch.GetTimestamp();
            await daemon.PostAsync($"/api/services/{Templates.Name(0)}/stop");
            stops.Add(Stopwatch.GetElapsedTime(begin).TotalMilliseconds);
        }
        Report.Samples("POST start to the answer that it runs, grace 0 s", starts, "ms");
        Report.Samples("POST stop to the answer that all is gone", stops, "ms");
    }
}
