using System.Globalization;
using System.Runtime.Versioning;
using Ziggie.Processes.Linux;

namespace Ziggie.Processes.Ports;

/// <summary>Listening sockets in /proc/net/tcp and tcp6, and their holders.</summary>
[SupportedOSPlatform("linux")]
internal static class ListeningSockets
{
    private const string ListenState = "0A";

    /// <summary>The inodes of the sockets that listen on a port.</summary>
    public static IEnumerable<string> InodesOf(int port) =>
        InodesIn("/proc/net/tcp", port).Concat(InodesIn("/proc/net/tcp6", port));

    /// <summary>The inodes in the text of one such file: address:port in hexadecimal is its second column, the state its fourth.</summary>
    public static IEnumerable<string> InodesIn(IEnumerable<string> lines, int port)
    {
        var ending = ":" + port.ToString("X4", CultureInfo.InvariantCulture);
        foreach (var line in lines)
        {
            // Most lines are of other ports; only those that hold this one anywhere are worth splitting.
            if (!line.Contains(ending, StringComparison.Ordinal)) continue;
            var columns = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (columns.Length > 9 && columns[3] == ListenState && columns[1].EndsWith(ending, StringComparison.Ordinal)) yield return columns[9];
        }
    }

    /// <summary>Every listening socket.</summary>
    public static IEnumerable<(int Port, string Address, string Inode)> All()
    {
        foreach (var line in Lines("/proc/net/tcp").Concat(Lines("/proc/net/tcp6")))
        {
            var columns = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (columns.Length > 9 && columns[3] == ListenState && ListeningPorts.ReadEnd(columns[1]) is var (address, port))
                yield return (port, address, columns[9]);
        }
    }

    /// <summary>For each socket a process that holds it, the oldest if several do; those that the daemon may not see are left out.</summary>
    public static Dictionary<string, int> HoldersOf(IReadOnlySet<string> inodes)
    {
        var links = inodes.ToDictionary(inode => $"socket:[{inode}]");
        var holders = new Dictionary<string, int>();
        foreach (var pid in ProcFs.Pids().Order())
        {
            foreach (var target in LinksOf(pid))
            {
                if (links.TryGetValue(target, out var inode)) holders.TryAdd(inode, pid);
            }
        }
        return holders;
    }

    /// <summary>A process that holds one of the sockets; null when the daemon may not see it.</summary>
    public static int? HolderOf(IReadOnlySet<string> inodes)
    {
        var links = inodes.Select(inode => $"socket:[{inode}]").ToHashSet();
        foreach (var pid in ProcFs.Pids())
        {
            if (Holds(pid, links)) return pid;
        }
        return null;
    }

    private static bool Holds(int pid, HashSet<string> links) => LinksOf(pid).Any(links.Contains);

    /// <summary>What the descriptors of a process point to.</summary>
    private static List<string> LinksOf(int pid)
    {
        List<string> links = [];
        try
        {
            foreach (var descriptor in new DirectoryInfo($"/proc/{pid}/fd").EnumerateFileSystemInfos())
            {
                if (descriptor.LinkTarget is { } target) links.Add(target);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // gone meanwhile, or another user's
        }
        return links;
    }

    private static IEnumerable<string> InodesIn(string file, int port) => InodesIn(Lines(file), port);

    private static string[] Lines(string file)
    {
        try
        {
            return File.ReadAllLines(file);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return []; // a kernel without IPv6
        }
    }
}
