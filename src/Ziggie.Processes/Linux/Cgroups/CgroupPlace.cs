using System.Runtime.Versioning;

namespace Ziggie.Processes.Linux.Cgroups;

/// <summary>Where this process stands in the tree of control groups (v2), as /proc tells.</summary>
/// <param name="Folder">The folder of its own group.</param>
/// <param name="Mount">Where the tree is mounted; <paramref name="Folder"/> lies in it.</param>
[SupportedOSPlatform("linux")]
internal sealed record CgroupPlace(string Folder, string Mount)
{
    /// <summary>Null without cgroup v2, or with a group that is outside of what is mounted.</summary>
    /// <param name="mounts">The text of /proc/self/mountinfo.</param>
    /// <param name="own">The text of /proc/self/cgroup.</param>
    public static CgroupPlace? Find(string mounts, string own)
    {
        var path = own.Split('\n').FirstOrDefault(line => line.StartsWith("0::/", StringComparison.Ordinal))?[3..];
        if (path is null || path.StartsWith("/..", StringComparison.Ordinal)) return null;
        foreach (var line in mounts.Split('\n'))
        {
            // 36 35 0:30 / /sys/fs/cgroup rw,nosuid - cgroup2 cgroup2 rw: the root inside the tree is the fourth, the place the fifth.
            var columns = line.Split(' ');
            var separator = Array.IndexOf(columns, "-");
            if (separator < 6 || separator + 1 >= columns.Length || columns[separator + 1] != "cgroup2") continue;
            var (root, place) = (Unescape(columns[3]), Unescape(columns[4]));
            if (root != "/" && path != root && !path.StartsWith(root + "/", StringComparison.Ordinal)) continue;
            var inside = root == "/" ? path : path[root.Length..];
            return new CgroupPlace(Path.Combine(place, inside.TrimStart('/')).TrimEnd('/'), place);
        }
        return null;
    }

    /// <summary>Blanks and the like are \040 there.</summary>
    private static string Unescape(string text)
    {
        for (var at = text.IndexOf('\\'); at >= 0 && at + 3 < text.Length; at = text.IndexOf('\\', at + 1))
        {
            var sign = (char)Convert.ToInt32(text.Substring(at + 1, 3), 8);
            text = $"{text[..at]}{sign}{text[(at + 4)..]}";
        }
        return text;
    }
}
