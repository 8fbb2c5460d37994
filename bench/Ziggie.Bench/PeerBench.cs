using System.Diagnostics;

namespace Ziggie.Bench;

/// <summary>The same of supervisord, runit and PM2, where the machine has them.</summary>
internal static class PeerBench
{
    private const int Crashes = 15;

    public static async Task RunAsync(Options options)
    {
        foreach (var peer in Peer.Installed(options)) await MeasureAsync(options, peer);
    }

    private static async Task MeasureAsync(Options options, Peer peer)
    {
        List<double> all = [], crashes = [], memory = [], idle = [];
        for (var run = 0; run < options.Runs; run++)
        {
            var folder = Directory.CreateTempSubdirectory("ziggie-bench-peer-").FullName;
            var begin = Stopwatch.GetTimestamp();
            using var process = peer.Start(options.Services, folder);
            try
            {
                await Wait.UntilAsync(() => Task.FromResult(Machine.Find(peer.Prefix).Count >= options.Services), pauseMilliseconds: 100);
                all.Add(Stopwatch.GetElapsedTime(begin).TotalSeconds);
                await Task.Delay(options.Idle / 2);
                for (var crash = 0; crash < Crashes; crash++)
                {
                    var command = peer.Command(((run * 131) + (crash * 61)) % options.Services);
                    if (await CrashAsync(peer, command) is { } milliseconds) crashes.Add(milliseconds);
                }
                var own = peer.Own(process, folder);
                await Task.Delay(options.Idle / 2);
                memory.Add(own.Sum(Machine.PssMegabytes));
                var (cpu, from) = (own.Sum(Machine.CpuSeconds), Stopwatch.GetTimestamp());
                await Task.Delay(options.Idle);
                idle.Add((own.Sum(Machine.CpuSeconds) - cpu) / Stopwatch.GetElapsedTime(from).TotalSeconds * 100);
            }
            finally
            {
                await EndAsync(peer, process, folder);
            }
        }
        var what = $"{options.Services} services: {peer.Name}";
        Report.Samples($"{what}: start to all running", all, "s");
        Report.Samples($"{what}: kill -9 of one to its new process", crashes, "ms");
        Report.Samples($"{what}: idle CPU of one core", idle, "%");
        Report.Samples($"{what}: memory (PSS)", memory, "MB");
    }

    private static async Task<double?> CrashAsync(Peer peer, string command)
    {
        if (!Machine.Find(peer.Prefix).TryGetValue(command, out var pid)) return null;
        var after = Machine.LastPid;
        var begin = Stopwatch.GetTimestamp();
        _ = Daemon.Kill(pid, 9);
        await Wait.UntilAsync(() => Task.FromResult(Machine.FindNew(command, after) is not null), pauseMilliseconds: 0);
        var taken = Stopwatch.GetElapsedTime(begin).TotalMilliseconds;
        await Task.Delay(100);
        return taken;
    }

    /// <summary>Leaves nothing behind, also of a run that went wrong.</summary>
    private static async Task EndAsync(Peer peer, Process process, string folder)
    {
        await peer.EndAsync(process, folder);
        try
        {
            await Wait.UntilAsync(() => Task.FromResult(Machine.Find(peer.Prefix).Count == 0), pauseMilliseconds: 200, limitSeconds: 60);
        }
        catch (TimeoutException)
        {
            foreach (var pid in Machine.Find(peer.Prefix).Values) _ = Daemon.Kill(pid, 9);
        }
        Directory.Delete(folder, recursive: true);
    }
}
