using Ziggie.Processes.Linux;
using Ziggie.Processes.Portable;

namespace Ziggie.Processes;

/// <summary>Chooses the launcher, by the platform or as asked.</summary>
public static class ProcessLauncher
{
    /// <summary>Long enough for a weekend and a holiday on which nobody looks after the machine.</summary>
    public static TimeSpan DefaultKeeperStay { get; } = TimeSpan.FromDays(7);

    /// <param name="kind">Which one.</param>
    /// <param name="subreaper">Whether orphans of services become children of this process, which then reaps them (Linux).</param>
    /// <param name="keeperFolder">
    /// The folder of the services' FIFOs. While services run, a tiny process then holds their FIFOs and process descriptors, so that last
    /// lines and exit codes survive a time without a daemon (Linux). Null: none does.
    /// </param>
    /// <param name="cgroups">
    /// A control group (v2) for each run: <c>auto</c> where one was delegated to the daemon, <c>off</c>, or the folder of one (Linux).
    /// </param>
    /// <param name="keeperStays">How long that process stays when no daemon comes any more; null: <see cref="DefaultKeeperStay"/>.</param>
    /// <exception cref="PlatformNotSupportedException">The launcher that was asked for does not work here; the message says what to do.</exception>
    public static IProcessLauncher Create(
        LauncherKind kind = LauncherKind.Auto, bool subreaper = true, string? keeperFolder = null, string cgroups = "off", TimeSpan? keeperStays = null)
    {
        if (kind == LauncherKind.Portable) return new PortableProcessLauncher();
        if (OperatingSystem.IsLinux()) return new LinuxProcessLauncher(subreaper, keeperFolder, cgroups, keeperStays);
        return kind == LauncherKind.Auto
            ? new PortableProcessLauncher()
            : throw new PlatformNotSupportedException("The launcher 'linux' needs Linux. Set Launcher to 'auto' or 'portable'.");
    }
}
