using Ziggie.Actors.Resources;

namespace Ziggie.Api.Hosting;

/// <summary>The data folder of one daemon.</summary>
/// <param name="Root">An absolute path.</param>
public sealed record ZiggieHome(string Root)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    public string Database => Path.Combine(Root, "ziggie.db");

    /// <summary>What services print, a folder for each.</summary>
    public string Logs => Path.Combine(Root, "logs");

    /// <summary>The daemon's own log; a service cannot have this name.</summary>
    public string DaemonLogs => Path.Combine(Logs, ".daemon");

    public string Run => Path.Combine(Root, "run");
    public string Keys => Path.Combine(Root, "keys");
    public string Backups => Path.Combine(Root, "backups");
    public string Socket => Path.Combine(Run, "ziggie.sock");
    public string LockFile => Path.Combine(Run, "daemon.lock");

    /// <summary>Apart from the lock, so that others can read it while the lock is held.</summary>
    public string PidFile => Path.Combine(Run, "daemon.pid");

    /// <summary>Definitions that a person keeps in a file; need not be there.</summary>
    public string Definitions => Path.Combine(Root, "ziggie.yaml");

    public string JwtKey => Path.Combine(Keys, "jwt.key");

    /// <summary>The file systems that it and its logs lie on.</summary>
    public IReadOnlyList<DiskUsage> Disks() => DiskUsage.Of(("home", Root), ("logs", Logs));

    /// <summary><c>ZIGGIE_HOME</c>, or the place that the platform has for the state of programs.</summary>
    public static ZiggieHome Resolve(IConfiguration configuration)
    {
        var named = configuration["ZIGGIE_HOME"];
        return new ZiggieHome(Path.GetFullPath(string.IsNullOrWhiteSpace(named) ? Default(configuration) : named));
    }

    /// <summary>Makes the folders that are missing, for the owner alone: each holds secrets or leads to some.</summary>
    public void Create()
    {
        try
        {
            foreach (var folder in (string[])[Root, Logs, DaemonLogs, Run, Keys, Backups])
            {
                if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
                else CreateForOwner(folder);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw StartRefusedException.BadSetting(
                $"The home {Root} cannot be made: {e.Message} Name another folder with ZIGGIE_HOME.");
        }
    }

    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    private void CreateForOwner(string folder)
    {
        var existed = Directory.Exists(folder);
        Directory.CreateDirectory(folder, OwnerOnly);
        // A home that somebody made beforehand keeps its mode; what is inside is ours.
        if (existed && folder != Root) File.SetUnixFileMode(folder, OwnerOnly);
    }

    private static string Default(IConfiguration configuration)
    {
        if (OperatingSystem.IsWindows())
            return Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "ziggie");
        if (Environment.IsPrivilegedProcess) return "/var/lib/ziggie";
        var state = configuration["XDG_STATE_HOME"];
        // The XDG specification has relative paths ignored.
        if (!Path.IsPathRooted(state))
            state = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".local", "state");
        return Path.Combine(state!, "ziggie");
    }
}
