using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Ziggie.Processes.Linux.Cgroups;

/// <summary>Whether a control group is the daemon's to divide. Being able to write it is not enough: root can write everybody's.</summary>
[SupportedOSPlatform("linux")]
internal static partial class Delegation
{
    private const int WriteAccess = 2;

    /// <param name="folder">The group.</param>
    /// <param name="mount">The root of the tree as it is mounted here.</param>
    public static bool IsOurs(string folder, string mount)
    {
        if (Access(Path.Combine(folder, "cgroup.procs"), WriteAccess) != 0 || Access(folder, WriteAccess) != 0) return false;
        // Not root, and still allowed to write: somebody has given it away.
        if (Native.EffectiveUser() != 0) return true;
        // The mark that systemd sets for Delegate=yes.
        if (HasMark(folder, "trusted.delegate") || HasMark(folder, "user.delegate")) return true;
        // The root of a container's own tree. The machine's real root has no such file.
        return folder == mount && File.Exists(Path.Combine(folder, "cgroup.events"));
    }

    private static unsafe bool HasMark(string folder, string name)
    {
        var value = stackalloc byte[8];
        return GetAttribute(folder, name, value, 8) == 1 && value[0] == (byte)'1';
    }

    [LibraryImport("libc", EntryPoint = "access", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Access(string path, int mode);

    [LibraryImport("libc", EntryPoint = "getxattr", StringMarshalling = StringMarshalling.Utf8)]
    private static unsafe partial nint GetAttribute(string path, string name, byte* value, nuint size);
}
