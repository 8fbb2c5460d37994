using Xunit;

namespace Ziggie.Processes.Tests;

/// <summary>A test that makes control groups (v2), wherever they are mounted.</summary>
public sealed class CgroupFactAttribute : FactAttribute
{
    public CgroupFactAttribute()
    {
        if (!Environment.IsPrivilegedProcess || Mount is null) Skip = "Needs root and a cgroup v2 that can be written.";
    }

    /// <summary>The root of the tree; null without one.</summary>
    public static string? Mount { get; } = File.ReadLines("/proc/self/mountinfo")
        .Where(line => line.Contains(" - cgroup2 ", StringComparison.Ordinal) && line.Split(' ')[5].Split(',')[0] == "rw")
        .Select(line => line.Split(' ')[4]).FirstOrDefault();
}
