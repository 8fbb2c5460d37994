using System.Globalization;

namespace Ziggie.Bench;

/// <summary>What /proc says of the machine and of processes.</summary>
internal static class Machine
{
    private const double TicksPerSecond = 100;

    /// <summary>Load average of the last minute.</summary>
    public static string Load => File.ReadAllText("/proc/loadavg").Split(' ')[0];

    /// <summary>The PID that was given out last.</summary>
    public static int LastPid => int.Parse(File.ReadAllText("/proc/loadavg").Split(' ')[4], CultureInfo.InvariantCulture);

    /// <summary>Seconds of processor time of a process, reaped children not included.</summary>
    public static double CpuSeconds(int pid)
    {
        var stat = File.ReadAllText($"/proc/{pid}/stat");
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return (double.Parse(fields[11], CultureInfo.InvariantCulture) + double.Parse(fields[12], CultureInfo.InvariantCulture)) / TicksPerSecond;
    }

    /// <summary>Proportional set size in MB.</summary>
    public static double PssMegabytes(int pid)
    {
        var line = File.ReadLines($"/proc/{pid}/smaps_rollup").First(l => l.StartsWith("Pss:", StringComparison.Ordinal));
        return double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024 / 1e6;
    }

    public static string? CommandLine(int pid)
    {
        try
        {
            return File.ReadAllText($"/proc/{pid}/cmdline").TrimEnd('\0').Replace('\0', ' ');
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>PIDs by command line of every process that begins so.</summary>
    public static Dictionary<string, int> Find(string prefix)
    {
        var found = new Dictionary<string, int>();
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var pid)) continue;
            if (CommandLine(pid) is { } line && line.StartsWith(prefix, StringComparison.Ordinal)) found[line] = pid;
        }
        return found;
    }

    /// <summary>The processes whose parent this one is.</summary>
    public static IReadOnlyList<int> Children(int pid)
    {
        List<int> children = [];
        foreach (var thread in Directory.EnumerateDirectories($"/proc/{pid}/task"))
        {
            var text = File.ReadAllText(Path.Combine(thread, "children"));
            children.AddRange(text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(child => int.Parse(child, CultureInfo.InvariantCulture)));
        }
        return children;
    }

    /// <summary>The PID of the first new process with this command line, looking only at numbers given out after <paramref name="after"/>.</summary>
    public static int? FindNew(string commandLine, int after)
    {
        for (var pid = after + 1; pid <= LastPid; pid++)
        {
            if (CommandLine(pid) == commandLine) return pid;
        }
        return null;
    }
}
