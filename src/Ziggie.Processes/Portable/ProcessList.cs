using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Ziggie.Processes.Linux;

namespace Ziggie.Processes.Portable;

/// <summary>The processes of the machine, as each platform tells of them.</summary>
internal static class ProcessList
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    /// <summary>All that live, without zombies.</summary>
    /// <exception cref="IOException">Nothing can be learned now.</exception>
    public static IReadOnlyList<ProcessLink> Read()
    {
        if (OperatingSystem.IsWindows()) return Windows.Processes();
        if (OperatingSystem.IsLinux())
            return [.. ProcFs.All().Where(stat => !stat.IsZombie).Select(stat => new ProcessLink(stat.Pid, stat.Parent))];
        return FromPs();
    }

    /// <summary>When a process started, in a unit of the platform's: equal or greater only; null when it is gone or hidden.</summary>
    public static long? StartOf(int pid)
    {
        if (OperatingSystem.IsLinux()) return ProcFs.Stat(pid)?.StartTime;
        try
        {
            using var process = Process.GetProcessById(pid);
            return StartOf(process);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    /// <summary>What tells a process that was just started from all others; the start is 0 when it has gone already.</summary>
    public static ProcessIdentity Identify(Process process) =>
        new(process.Id, (OperatingSystem.IsLinux() ? ProcFs.Stat(process.Id)?.StartTime : StartOf(process)) ?? 0, MachineClock.BootId);

    /// <summary>ps(1), whose columns are the same on macOS, the BSDs and Linux.</summary>
    public static List<ProcessLink> FromPs()
    {
        try
        {
            using var ps = Process.Start(new ProcessStartInfo("/bin/ps", ["-A", "-o", "pid=", "-o", "ppid=", "-o", "stat="])
            {
                RedirectStandardOutput = true,
            })!;
            using var limit = new Timer(_ => ps.Kill(), null, Limit, Timeout.InfiniteTimeSpan);
            var text = ps.StandardOutput.ReadToEnd();
            ps.WaitForExit();
            if (ps.ExitCode != 0) throw new IOException($"Processes cannot be listed: ps ended with {ps.ExitCode}.");
            return Parse(text, ps.Id);
        }
        catch (Win32Exception error)
        {
            throw new IOException($"Processes cannot be listed: {error.Message}", error);
        }
    }

    private static List<ProcessLink> Parse(string text, int self)
    {
        var processes = new List<ProcessLink>(256);
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var columns = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (columns.Length < 3 || columns[2].StartsWith('Z')) continue;
            if (!int.TryParse(columns[0], CultureInfo.InvariantCulture, out var pid) || pid == self) continue;
            if (int.TryParse(columns[1], CultureInfo.InvariantCulture, out var parent)) processes.Add(new ProcessLink(pid, parent));
        }
        return processes;
    }

    private static long? StartOf(Process process)
    {
        try
        {
            return process.StartTime.ToUniversalTime().Ticks;
        }
        catch (Exception error) when (error is InvalidOperationException or Win32Exception)
        {
            return null;
        }
    }
}
