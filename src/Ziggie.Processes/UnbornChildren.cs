using System.Runtime.Versioning;
using Ziggie.Processes.Linux;

namespace Ziggie.Processes;

/// <summary>
/// Children of a daemon that was killed in the middle of a launch. One that waits for its limits before it becomes the service's program
/// then waits for ever, with all files of the daemon open, its lock among them.
/// </summary>
public static class UnbornChildren
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Ends those that have the daemon's lock open, and waits until they are gone. None when the daemon lives, or holds nothing of the kind.
    /// </summary>
    /// <param name="lockFile">Which is closed on exec, so that only the daemon and such a child can have it open.</param>
    /// <param name="daemon">The PID of the daemon that took the lock last; null when it is not known.</param>
    public static void End(string lockFile, int? daemon)
    {
        if (!OperatingSystem.IsLinux() || Holders(lockFile) is not { Count: > 0 } holders) return;
        if (daemon is null || holders.Contains(daemon.Value)) return;
        foreach (var pid in holders) Native.Kill(pid, SignalNames.Kill);
        SpinWait.SpinUntil(() => OperatingSystem.IsLinux() && Holders(lockFile).Count == 0, Limit);
    }

    [SupportedOSPlatform("linux")]
    private static List<int> Holders(string file)
    {
        var real = Path.GetFullPath(file);
        return [.. ProcFs.Pids().Where(pid => pid != Environment.ProcessId && HasOpen(pid, real))];
    }

    [SupportedOSPlatform("linux")]
    private static bool HasOpen(int pid, string file)
    {
        try
        {
            return Directory.EnumerateFileSystemEntries($"/proc/{pid}/fd")
                .Any(descriptor => File.ResolveLinkTarget(descriptor, returnFinalTarget: false)?.FullName == file);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false; // gone, or another user's
        }
    }
}
