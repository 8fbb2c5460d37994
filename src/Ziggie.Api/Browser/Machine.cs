using System.Runtime.InteropServices;
using Ziggie.Actors.Resources;
using Ziggie.Api.CommandLine;
using Ziggie.Api.Hosting;
using Ziggie.Dashboard.Access;
using Ziggie.Processes;
using Ziggie.Processes.Resources;

namespace Ziggie.Api.Browser;

/// <summary>Tells the dashboard about the machine and the daemon.</summary>
internal sealed class Machine(ZiggieHome home, LauncherCapabilities launcher, IResourceReader reader) : IMachine
{
    public MachineFacts Facts { get; } = new()
    {
        Hostname = Environment.MachineName,
        System = RuntimeInformation.OSDescription,
        Kernel = KernelRelease(),
        Architecture = RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant(),
        Version = Usage.Version,
        Runtime = RuntimeInformation.FrameworkDescription,
        Pid = Environment.ProcessId,
        User = Environment.UserName,
        Home = home.Root,
        Limits = launcher.LimitsByCgroup ? "Kept by the kernel (cgroup v2)." : $"Kept by sampling. {launcher.WhyNoCgroup}".TrimEnd(),
        Missing = reader.Missing is { } missing ? [.. launcher.Missing, missing] : launcher.Missing,
    };

    public IReadOnlyList<DiskUsage> Disks() => home.Disks();

    /// <summary>As <c>uname -r</c> says it; .NET knows only the numbers of it.</summary>
    internal static string KernelRelease()
    {
        if (!OperatingSystem.IsLinux()) return Environment.OSVersion.VersionString;
        try
        {
            return File.ReadAllText("/proc/sys/kernel/osrelease").Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Environment.OSVersion.VersionString;
        }
    }
}
