using System.Diagnostics;

namespace Ziggie.Bench;

/// <summary>Output of services into their logs.</summary>
internal static class LogBench
{
    private const int Megabyte = 1_000_000;

    public static async Task RunAsync(Options options)
    {
        var files = Directory.CreateTempSubdirectory("ziggie-bench-lines-").FullName;
        var large = MakeLines(Path.Combine(files, "large"), 200 * Megabyte);
        var small = MakeLines(Path.Combine(files, "small"), 2 * Megabyte);
        await using (var daemon = (await Daemon.StartAsync(options, Daemon.NewHome())).Daemon)
        {
            await MeasureAsync(options, daemon, files, "1 service, 200 MB, log of 10 x 10 MB", [large], new { max_size = "10MB" }, 200);
            await MeasureAsync(options, daemon, files, "1 service, 200 MB, no rotation", [large], new { max_size = "2GB" }, 200);
            await MeasureAsync(options, daemon, files, "100 services, 2 MB each", Enumerable.Repeat(small, 100).ToArray(), new { max_size = "10MB" }, 200);
        }
        Directory.Delete(files, recursive: true);
    }

    public static async Task TailAsync(Options options)
    {
        var files = Directory.CreateTempSubdirectory("ziggie-bench-lines-").FullName;
        var large = MakeLines(Path.Combine(files, "large"), 200 * Megabyte);
        await using (var daemon = (await Daemon.StartAsync(options, Daemon.NewHome())).Daemon)
        {
            await daemon.CreateAsync(Writer("tail", string.Join(' ', Enumerable.Repeat(large, 5)), null, new { max_size = "2GB" }));
            await daemon.PostAsync("/api/services/tail/start");
            await CompletedAsync(daemon, ["tail"]);
            Report.Line("first GET logs?lines=100 of a 1 GB log", $"{Report.Text(await RequestBench.CallAsync(daemon, "/api/services/tail/logs?lines=100"))} ms");
            List<double> calls = [];
            for (var call = 0; call < 200; call++) calls.Add(await RequestBench.CallAsync(daemon, "/api/services/tail/logs?lines=100"));
            Report.Samples("GET logs?lines=100 of a 1 GB log", calls, "ms");
        }
        Directory.Delete(files, recursive: true);
    }

    /// <summary>All writers wait at a lock, so that only writing is timed and not launching.</summary>
    private static async Task MeasureAsync(
        Options options, Daemon daemon, string files, string title, string[] inputs, object logs, double megabytes)
    {
        var gate = Path.Combine(files, "gate");
        List<double> rates = [], cpu = [], cpuAfter = [];
        for (var run = 0; run < options.Runs; run++)
        {
            var names = inputs.Select((_, index) => $"w-{index}").ToArray();
            TimeSpan elapsed;
            double cpuBefore;
            await using (new FileStream(gate, FileMode.OpenOrCreate, FileAccess.Write, FileShare.None))
            {
                for (var i = 0; i < inputs.Length; i++)
                {
                    await daemon.CreateAsync(Writer(names[i], inputs[i], gate, logs));
                    await daemon.PostAsync($"/api/services/{names[i]}/start");
                }
                await Wait.UntilIdleAsync(daemon.Pid, limitSeconds: 10);
                cpuBefore = Machine.CpuSeconds(daemon.Pid);
            }
            var begin = Stopwatch.GetTimestamp();
            await CompletedAsync(daemon, names);
            elapsed = Stopwatch.GetElapsedTime(begin);
            cpu.Add(Machine.CpuSeconds(daemon.Pid) - cpuBefore);
            await Wait.UntilIdleAsync(daemon.Pid);
            cpuAfter.Add(Machine.CpuSeconds(daemon.Pid) - cpuBefore);
            rates.Add(megabytes / elapsed.TotalSeconds);
            foreach (var name in names) (await daemon.Http.DeleteAsync($"/api/services/{name}?force=true")).Dispose();
        }
        Report.Samples($"{title}: written", rates, "MB/s");
        Report.Samples($"{title}: daemon's processor time", cpu, "s");
        Report.Samples($"{title}: the same, with compression afterwards", cpuAfter, "s");
    }

    private static object Writer(string name, string input, string? gate, object logs) => new
    {
        name,
        command = (gate is null ? "" : $"flock -s {gate} true; ") + $"exec cat {input}",
        shell = true,
        restart = "never",
        ready = new { grace = "0s" },
        logs,
    };

    private static Task CompletedAsync(Daemon daemon, string[] names) => Wait.UntilAsync(async () =>
    {
        foreach (var name in names)
        {
            if ((await daemon.StatusAsync(name)).GetProperty("phase").GetString() != "completed") return false;
        }
        return true;
    }, pauseMilliseconds: 2);

    private static string MakeLines(string path, int size)
    {
        using var writer = new StreamWriter(path);
        for (long written = 0, line = 0; written < size; line++)
        {
            var text = $"{line:00000000} 2026-01-01T00:00:00.000Z INFO request finished in 12 ms, status 200, path /api/orders/12345\n";
            text = text.Length <= size - written ? text : new string('.', (int)(size - written - 1)) + "\n";
            writer.Write(text);
            written += text.Length;
        }
        return path;
    }
}
