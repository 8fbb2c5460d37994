using System.Runtime.Versioning;

namespace Ziggie.Processes.Linux;

/// <summary>Finds the file of a program as execvp(3) would in the child, and says why one cannot be executed.</summary>
[SupportedOSPlatform("linux")]
internal static class ProgramFile
{
    /// <summary>Where to look when the child's environment has no PATH.</summary>
    private const string DefaultPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    private const UnixFileMode AnyExecute = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>The full path of the program; a refusal when it is missing, no file or without any execute bit.</summary>
    public static (string? Path, LaunchResult.Failed? Refusal) Find(string name, string folder, IReadOnlyDictionary<string, string> environment)
    {
        if (name.Contains('/')) return Check(Path.Combine(folder, name), name);

        var searched = environment.TryGetValue("PATH", out var path) ? path : DefaultPath;
        LaunchResult.Failed? nearest = null;
        foreach (var entry in searched.Split(':'))
        {
            var (found, refusal) = Check(Path.Combine(folder, entry, name), name);
            if (found is not null) return (found, null);
            // A file of that name that cannot be executed says more than that there is none; the search goes on as the shell's does.
            if (refusal!.Reason != LaunchFailure.ProgramMissing) nearest ??= refusal;
        }
        return (null, nearest ?? Refusal.ProgramMissing(name, searched));
    }

    /// <summary>The reason behind an error of execve for a file that passed <see cref="Find"/>.</summary>
    public static LaunchResult.Failed Explain(string path, int error) => error switch
    {
        Native.ENOEXEC => Refusal.NoInterpreterLine(path),
        Native.ENOENT or Native.EACCES or Native.ENOTDIR or Native.ELOOP => ExplainMissing(path, error),
        Native.E2BIG => Refusal.TooLong(path),
        _ => Refusal.Unexpected(path, error),
    };

    private static LaunchResult.Failed ExplainMissing(string path, int error)
    {
        if (InterpreterLine.Of(path) is { } interpreter)
        {
            if (!File.Exists(interpreter) || Native.CheckExecute(interpreter) != 0) return Refusal.InterpreterMissing(path, interpreter);
        }
        else if (error == Native.ENOENT && File.Exists(path))
        {
            return Refusal.LoaderMissing(path);
        }
        return error == Native.EACCES ? Refusal.ProgramForbidden(path, Refusal.DaemonUser) : Refusal.Unexpected(path, error);
    }

    private static (string? Path, LaunchResult.Failed? Refusal) Check(string path, string name)
    {
        switch (Native.KindOf(path))
        {
            case Native.FileKind.Missing: return (null, Refusal.ProgramMissing(name, ""));
            case Native.FileKind.Folder: return (null, name.Contains('/') ? Refusal.NotAFile(path) : Refusal.ProgramMissing(name, ""));
            case Native.FileKind.Unreachable: return (null, Refusal.ProgramForbidden(path, Refusal.DaemonUser));
        }
        var error = Native.CheckExecute(path);
        if (error == 0) return (path, null);
        if (error != Native.EACCES) return (null, Refusal.Unexpected(path, error));
        return (null, (File.GetUnixFileMode(path) & AnyExecute) != 0
            ? Refusal.ProgramForbidden(path, Refusal.DaemonUser)
            : Refusal.NotExecutable(path));
    }
}
