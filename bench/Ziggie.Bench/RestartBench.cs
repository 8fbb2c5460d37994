using System.Globalization;

namespace Ziggie.Bench;

/// <summary>What the daemon has of memory, descriptors and threads while it restarts one service again and again.</summary>
internal static class RestartBench
{
    private static readonly int[] Early = [0, 100, 200, 500];

    public static async Task RunAsync(Options options)
    {
        var (daemon, _) = await Daemon.StartAsync(options, Daemon.NewHome());
        await using var owned = daemon;
        await daemon.CreateAsync(new { name = "again", command = "sleep 300", ready = new { grace = "1ms" } });
        await daemon.PostAsync("/api/services/again/start");
        for (var done = 0; done <= options.Runs; done++)
        {
            if (done > 0) await daemon.PostAsync("/api/services/again/restart");
            if (Early.Contains(done) || done % 1000 == 0 || done == options.Runs) Tell(daemon.Pid, done);
        }
    }

    private static void Tell(int pid, int restarts)
    {
        var status = File.ReadLines($"/proc/{pid}/status").Select(line => line.Split(':', 2)).ToDictionary(p => p[0], p => p[1].Trim().Split(' ')[0]);
        string Megabytes(string field) => (long.Parse(status[field], CultureInfo.InvariantCulture) / 1024).ToString(CultureInfo.InvariantCulture);
        Report.Line(
            $"after {restarts} restarts: resident", $"{Megabytes("VmRSS")} MB",
            $"anonymous {Megabytes("RssAnon")} MB, {Directory.GetFileSystemEntries($"/proc/{pid}/fd").Length} descriptors, {status["Threads"]} threads");
    }
}
