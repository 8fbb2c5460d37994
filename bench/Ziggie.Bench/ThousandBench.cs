using System.Diagnostics;

namespace Ziggie.Bench;

/// <summary>Many services that run.</summary>
internal static class ThousandBench
{
    private const int Crashes = 15;

    public static async Task RunAsync(Options options)
    {
        var template = await Templates.MakeAsync(options, autostart: true);
        List<double> answers = [], all = [], stops = [], memory = [], idle = [], page = [], pages = [], startCpu = [];
        List<double> process = [], running = [];
        for (var run = 0; run < options.Runs; run++)
        {
            var home = Templates.Copy(template);
            var begin = Stopwatch.GetTimestamp();
            var (daemon, first) = await Daemon.StartAsync(options, home);
            await using var owned = daemon;
            answers.Add(first);
            await Wait.UntilAsync(async () => await daemon.CountAsync("running") >= options.Services, pauseMilliseconds: 20);
            all.Add(Stopwatch.GetElapsedTime(begin).TotalSeconds);
            startCpu.Add(Machine.CpuSeconds(daemon.Pid));
            await Wait.UntilIdleAsync(daemon.Pid);
            await CrashesAsync(daemon, options.Services, run, process, running);
            for (var call = 0; call < 100; call++)
            {
                page.Add(await RequestBench.CallAsync(daemon, "/api/services?page_size=200"));
                var calls = 0.0;
                for (var number = 1; number <= (options.Services + 203) / 200; number++)
                    calls += await RequestBench.CallAsync(daemon, $"/api/services?page_size=200&page={number}");
                pages.Add(calls);
            }

            await Wait.UntilIdleAsync(daemon.Pid);
            var before = Machine.CpuSeconds(daemon.Pid);
            var from = Stopwatch.GetTimestamp();
            await Task.Delay(10_000);
            idle.Add((Machine.CpuSeconds(daemon.Pid) - before) / Stopwatch.GetElapsedTime(from).TotalSeconds * 100);
            memory.Add(Machine.PssMegabytes(daemon.Pid));
            stops.Add(await daemon.StopAsync() / 1000);
        }

        Directory.Delete(template, recursive: true);
        var n = options.Services;
        Report.Samples($"daemon start to first answer, {n} services that start with it", answers, "ms");
        Report.Samples($"daemon start to all {n} running, grace 0 s", all, "s");
        Report.Samples("processor time of the daemon until then", startCpu, "s");
        Report.Samples($"SIGTERM to all {n} stopped and the daemon gone", stops, "s");
        Report.Samples($"kill -9 of a service to its new process, {n} services", process, "ms");
        Report.Samples("the same until the API says that it runs", running, "ms");
        Report.Samples($"GET page_size=200 at {n} services", page, "ms");
        Report.Samples($"all pages of {n} services", pages, "ms");
        Report.Samples("idle CPU of one core", idle, "%");
        Report.Samples("memory (PSS)", memory, "MB");
    }

    /// <summary>Kills services and waits until each is back.</summary>
    public static async Task CrashesAsync(Daemon daemon, int services, int run, List<double> process, List<double> running)
    {
        for (var crash = 0; crash < Crashes; crash++)
        {
            var index = ((run * 131) + (crash * 61)) % services;
            var name = Templates.Name(index);
            if (!(await daemon.StatusAsync(name)).TryGetProperty("pid", out var pidElement)) continue;
            var pid = pidElement.GetInt32();
            var after = Machine.LastPid;
            var begin = Stopwatch.GetTimestamp();
            _ = Daemon.Kill(pid, 9);
            await Wait.UntilAsync(() => Task.FromResult(Machine.FindNew(Templates.Command(index), after) is not null), pauseMilliseconds: 0);
            process.Add(Stopwatch.GetElapsedTime(begin).TotalMilliseconds);
            await Wait.UntilAsync(async () =>
            {
                var status = await daemon.StatusAsync(name);
                return status.GetProperty("phase").GetString() == "running" && status.GetProperty("pid").GetInt32() != pid;
            }, pauseMilliseconds: 0);
            running.Add(Stopwatch.GetElapsedTime(begin).TotalMilliseconds);
            await Task.Delay(100);
        }
    }
}
