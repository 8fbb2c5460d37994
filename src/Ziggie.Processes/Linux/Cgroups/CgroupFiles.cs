using System.Globalization;
using System.Runtime.Versioning;

namespace Ziggie.Processes.Linux.Cgroups;

/// <summary>Reads and writes the files of a control group, which come and go with their processes.</summary>
[SupportedOSPlatform("linux")]
internal static class CgroupFiles
{
    /// <summary>Null when the group or the file is not there.</summary>
    public static string? Read(string group, string file)
    {
        try
        {
            return File.ReadAllText(Path.Combine(group, file));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Null when it was written, else why not.</summary>
    public static string? Write(string group, string file, string text)
    {
        try
        {
            // Not WriteAllText, which would create and truncate.
            var path = Path.Combine(group, file);
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
            stream.Write(System.Text.Encoding.ASCII.GetBytes(text));
            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return $"{file}: {error.Message}";
        }
    }

    /// <summary>The number after a key in "key number" lines, such as those of cpu.stat and memory.events; null when it is not there.</summary>
    public static long? Value(string? text, string key)
    {
        foreach (var line in (text ?? "").AsSpan().EnumerateLines())
        {
            if (line.StartsWith(key) && line.Length > key.Length && line[key.Length] == ' ')
                return long.TryParse(line[(key.Length + 1)..], CultureInfo.InvariantCulture, out var number) ? number : null;
        }
        return null;
    }

    /// <summary>The processes of a group and of those that were made inside it.</summary>
    public static IEnumerable<int> Processes(string group)
    {
        foreach (var line in (Read(group, "cgroup.procs") ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            // 0 is a process that this PID namespace does not see.
            if (int.TryParse(line, CultureInfo.InvariantCulture, out var pid) && pid > 0) yield return pid;
        }
        foreach (var inner in Folders(group))
        {
            foreach (var pid in Processes(inner)) yield return pid;
        }
    }

    /// <summary>Removes a group without processes, and those that were made inside it; false when it is not empty.</summary>
    public static bool Remove(string group)
    {
        foreach (var inner in Folders(group)) Remove(inner);
        try
        {
            Directory.Delete(group);
            return true;
        }
        catch (DirectoryNotFoundException)
        {
            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>The groups inside; none when the group itself is gone.</summary>
    public static string[] Folders(string group, string pattern = "*")
    {
        try
        {
            return Directory.GetDirectories(group, pattern);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
