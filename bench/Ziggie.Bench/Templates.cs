using System.Diagnostics;

namespace Ziggie.Bench;

/// <summary>Homes that are made once and copied for each run, so that every run finds the same store.</summary>
internal static class Templates
{
    /// <summary>The number tells the processes of this bench from others, those of another bench included; the index tells them from each other.</summary>
    private static readonly long Marker = (1_000_000L + Environment.ProcessId) * 10_000;

    /// <summary>How every command begins.</summary>
    public static string Prefix => $"sleep {Marker / 10_000}";

    public static string Command(int index) => $"sleep {Marker + index}";

    public static string Name(int index) => $"s-{index:0000}";

    public static object Sleeper(int index, bool autostart) => new
    {
        name = Name(index),
        command = Command(index),
        autostart,
        ready = new { grace = "0s" },
    };

    /// <summary>A home whose store knows so many services, none of which ever ran.</summary>
    public static async Task<string> MakeAsync(Options options, bool autostart)
    {
        var home = Daemon.NewHome();
        var (daemon, _) = await Daemon.StartAsync(options, home);
        var start = Stopwatch.GetTimestamp();
        await Parallel.ForEachAsync(Enumerable.Range(0, options.Services), new ParallelOptions { MaxDegreeOfParallelism = 8 },
            async (index, _) => await daemon.CreateAsync(Sleeper(index, autostart)));
        Report.Line($"define {options.Services} services over the API", $"{Report.Text(Stopwatch.GetElapsedTime(start).TotalSeconds)} s");
        await daemon.StopAsync();
        return home;
    }

    public static string Copy(string template)
    {
        var home = Daemon.NewHome();
        using var copy = Process.Start("cp", ["-a", template + "/.", home]);
        copy.WaitForExit();
        return home;
    }
}
