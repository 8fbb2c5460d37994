using System.Diagnostics;

namespace Ziggie.Bench;

/// <summary>How fast the list is.</summary>
internal static class RequestBench
{
    private const int Connections = 8;

    public static async Task RunAsync(Options options)
    {
        var (daemon, _) = await Daemon.StartAsync(options, Daemon.NewHome());
        await using var owned = daemon;
        for (var index = 0; index < 100; index++) await daemon.CreateAsync(Templates.Sleeper(index, autostart: false));
        await PerSecondAsync(daemon, TimeSpan.FromSeconds(3));
        List<double> rates = [];
        for (var run = 0; run < options.Runs; run++) rates.Add(await PerSecondAsync(daemon, TimeSpan.FromSeconds(3)));
        Report.Samples($"GET /api/services?page_size=100 at 100 services, {Connections} connections", rates, "/s");
    }

    /// <summary>One call over an open connection, with the transfer.</summary>
    public static async Task<double> CallAsync(Daemon daemon, string path)
    {
        var begin = Stopwatch.GetTimestamp();
        await daemon.Http.GetByteArrayAsync(path);
        return Stopwatch.GetElapsedTime(begin).TotalMilliseconds;
    }

    private static async Task<double> PerSecondAsync(Daemon daemon, TimeSpan time)
    {
        var begin = Stopwatch.GetTimestamp();
        var counts = await Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => Task.Run(async () =>
        {
            using var http = new HttpClient(daemon.Handler()) { BaseAddress = daemon.Http.BaseAddress };
            var buffer = new byte[64 * 1024];
            var count = 0;
            for (; Stopwatch.GetElapsedTime(begin) < time; count++)
            {
                using var answer = await http.GetAsync("/api/services?page_size=100", HttpCompletionOption.ResponseHeadersRead);
                answer.EnsureSuccessStatusCode();
                await using var body = await answer.Content.ReadAsStreamAsync();
                while (await body.ReadAsync(buffer) > 0) { }
            }
            return count;
        })));
        return counts.Sum() / Stopwatch.GetElapsedTime(begin).TotalSeconds;
    }
}
