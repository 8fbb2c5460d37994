using System.Runtime.Versioning;

namespace Ziggie.Processes.Linux;

/// <summary>
/// A spec made into one call of posix_spawn. What that call cannot set itself is set by programs that then replace themselves by the next
/// (setpriv for the user, a shell for the umask where a thread cannot have its own), so that the PID is the service's from the start.
/// </summary>
[SupportedOSPlatform("linux")]
internal sealed class LaunchPlan
{
    private const string ToolPath = "/usr/bin:/bin:/usr/sbin:/sbin";
    private const int FolderForbidden = 10;
    private const int ProgramForbidden = 11;

    /// <summary>Variables that shells put into the environment of what they start.</summary>
    private static readonly string[] ShellVariables = ["PWD", "OLDPWD", "SHLVL", "_"];

    private static readonly Dictionary<string, string> ToolEnvironment = new() { ["PATH"] = ToolPath };

    private readonly ProcessSpec _spec;
    private readonly UserAccount? _user;

    private LaunchPlan(ProcessSpec spec, string folder, string program, UserAccount? user)
    {
        (_spec, Folder, Program, _user) = (spec, folder, program, user);
        Environment = [.. EnvironmentOf(spec, user).Select(variable => $"{variable.Key}={variable.Value}")];
    }

    public string Folder { get; }

    /// <summary>The service's own program.</summary>
    public string Program { get; }

    public IReadOnlyList<string> Environment { get; }

    public int? Umask => _spec.Umask;

    /// <summary>Checks all that can be checked before; exactly one of the two is null.</summary>
    public static (LaunchPlan? Plan, LaunchResult.Failed? Refusal) Make(ProcessSpec spec)
    {
        if (MalformedSpec.Find(spec) is { } what) return (null, Refusal.Malformed(what));
        var folder = spec.WorkingDirectory ?? System.Environment.CurrentDirectory;
        if (CheckFolder(folder) is { } folderRefusal) return (null, folderRefusal);

        UserAccount? user = null;
        if (spec.User is { } name)
        {
            user = UserAccount.Find(name, out var shortage);
            if (user is null) return (null, shortage == 0 ? Refusal.UserUnknown(name) : Refusal.Shortage(shortage));
            if (user.Id == Native.EffectiveUser()) user = null;
            else if (Native.EffectiveUser() != 0) return (null, Refusal.OnlyRootSwitches(name));
        }

        var (program, programRefusal) = ProgramFile.Find(spec.FileName, folder, spec.Environment);
        if (program is null) return (null, programRefusal);
        if (CheckOutput(spec.StandardOutput, user) is { } outputRefusal) return (null, outputRefusal);
        if (CheckOutput(spec.StandardError, user) is { } errorRefusal) return (null, errorRefusal);
        return (new LaunchPlan(spec, folder, program, user), null);
    }

    /// <summary>Asks, as the service's user, whether the folder and the program are open to it; null when they are.</summary>
    public LaunchResult.Failed? CheckUser(Func<PosixSpawn, (int Error, ExitStatus Exit)> run)
    {
        if (_user is null) return null;
        if (FindTool("setpriv") is not { } setpriv) return Refusal.NoSetpriv();
        const string script = "cd -- \"$1\" || exit 10; test -x \"$2\" || exit 11";
        var (error, exit) = run(new PosixSpawn
        {
            Program = setpriv,
            Arguments = [.. SwitchUser(setpriv, _user), "/bin/sh", "-c", script, "sh", Folder, Path.GetFullPath(Program)],
            Environment = [$"PATH={ToolPath}"],
            Folder = "/",
        });
        if (error != 0) return Refusal.Unexpected(setpriv, error);
        return exit.Code switch
        {
            0 => null,
            FolderForbidden => Refusal.FolderForbidden(Folder, $"User '{_user.Name}'"),
            ProgramForbidden => Refusal.ProgramForbidden(Program, $"User '{_user.Name}'"),
            // Killed, for want of memory most likely.
            null => Refusal.Shortage(Native.ENOMEM),
            _ => new LaunchResult.Failed(LaunchFailure.NotPermitted,
                $"The daemon could not become user '{_user.Name}' (setpriv: {exit}). Check its privileges."),
        };
    }

    /// <summary>The call to make. With <paramref name="umaskByShell"/> the shell sets the umask; else whoever makes the call has.</summary>
    public PosixSpawn ToSpawn(bool umaskByShell)
    {
        List<string> arguments = [_spec.FileName, .. _spec.Arguments];
        var program = Program;
        if (umaskByShell)
        {
            var unset = string.Join(' ', ShellVariables.Where(name => !_spec.Environment.ContainsKey(name)));
            var script = $"umask {Convert.ToString(Umask!.Value, 8).PadLeft(4, '0')}; {(unset.Length > 0 ? $"unset {unset}; " : "")}exec \"$@\"";
            arguments = ["/bin/sh", "-c", script, "sh", Path.GetFullPath(program, Folder), .. _spec.Arguments];
            program = "/bin/sh";
        }
        if (_user is not null && FindTool("setpriv") is { } setpriv)
        {
            arguments = [.. SwitchUser(setpriv, _user), umaskByShell ? program : Path.GetFullPath(program, Folder), .. arguments.Skip(1)];
            program = setpriv;
        }
        return new PosixSpawn
        {
            Program = Path.GetFullPath(program, Folder),
            Arguments = arguments,
            Environment = Environment,
            Folder = Folder,
            Output = _spec.StandardOutput,
            Error = _spec.StandardError,
        };
    }

    private static string[] SwitchUser(string setpriv, UserAccount user) =>
        [setpriv, $"--reuid={user.Id}", $"--regid={user.Group}", "--init-groups", "--"];

    private static string? FindTool(string name) => ProgramFile.Find(name, "/", ToolEnvironment).Path;

    private static Dictionary<string, string> EnvironmentOf(ProcessSpec spec, UserAccount? user)
    {
        var environment = new Dictionary<string, string>(spec.Environment);
        if (user is not null)
        {
            environment.TryAdd("HOME", user.Home);
            environment.TryAdd("USER", user.Name);
            environment.TryAdd("LOGNAME", user.Name);
        }
        environment[ProcessSpec.RunIdVariable] = spec.RunId;
        return environment;
    }

    private static LaunchResult.Failed? CheckFolder(string folder)
    {
        switch (Native.KindOf(folder))
        {
            case Native.FileKind.Missing: return Refusal.FolderMissing(folder);
            case Native.FileKind.Unreachable: return Refusal.FolderForbidden(folder, Refusal.DaemonUser);
            case not Native.FileKind.Folder: return Refusal.FolderIsFile(folder);
        }
        return Native.CheckExecute(folder) == 0 ? null : Refusal.FolderForbidden(folder, Refusal.DaemonUser);
    }

    /// <summary>
    /// The service's user becomes the owner of its FIFO, because many programs open /dev/stdout once more. Never of a file. Group and
    /// mode stay, and the folder around it is the daemon's.
    /// </summary>
    private static LaunchResult.Failed? CheckOutput(string? path, UserAccount? user)
    {
        if (path is null) return null;
        var kind = Native.KindOf(path);
        if (kind is Native.FileKind.Missing or Native.FileKind.Unreachable or Native.FileKind.Folder) return Refusal.OutputMissing(path);
        if (kind == Native.FileKind.Fifo && user is not null) Native.ChangeOwner(path, user.Id, uint.MaxValue);
        return null;
    }
}
