using System.ComponentModel;
using Ziggie.Processes.Linux;

namespace Ziggie.Processes.Portable;

/// <summary>Finds the file of a program by the child's PATH, not the daemon's, and says why one cannot be executed.</summary>
internal static class PortableProgram
{
    private const string UnixPath = "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin";
    private const string WindowsExtensions = ".COM;.EXE;.BAT;.CMD";
    private const int WindowsBadFormat = 193;
    private const int WindowsDenied = 5;

    public static (string? Path, LaunchResult.Failed? Refusal) Find(string name, string folder, IReadOnlyDictionary<string, string> environment)
    {
        if (name.Contains('/') || (OperatingSystem.IsWindows() && (name.Contains('\\') || Path.IsPathRooted(name))))
            return Check(Path.GetFullPath(name, folder), name.Replace('\\', OperatingSystem.IsWindows() ? '/' : '\\'), environment);

        var searched = Variable(environment, "PATH") ?? (OperatingSystem.IsWindows() ? Environment.SystemDirectory : UnixPath);
        LaunchResult.Failed? nearest = null;
        foreach (var entry in searched.Split(Path.PathSeparator))
        {
            var (found, refusal) = Check(Path.GetFullPath(Path.Combine(entry, name), folder), name, environment);
            if (found is not null) return (found, null);
            if (refusal!.Reason != LaunchFailure.ProgramMissing) nearest ??= refusal;
        }
        return (null, nearest ?? Refusal.ProgramMissing(name, searched));
    }

    /// <summary>The reason behind a failed start of a file that passed <see cref="Find"/>.</summary>
    public static LaunchResult.Failed Explain(string path, Win32Exception error)
    {
        var code = error.NativeErrorCode;
        var sentence = $"'{path}' could not be started: {error.Message.TrimEnd('.')}.";
        if (OperatingSystem.IsWindows())
        {
            return code switch
            {
                WindowsBadFormat => new(LaunchFailure.NotExecutable, sentence),
                WindowsDenied => new(LaunchFailure.NotPermitted, sentence),
                8 or 14 or 1450 or 1455 => new(LaunchFailure.Resources, sentence),
                _ => new(LaunchFailure.Other, sentence),
            };
        }
        if (Unix.IsShortage(code)) return Refusal.Shortage(code);
        if (InterpreterLine.Of(path) is { } interpreter && (!File.Exists(interpreter) || Unix.CheckExecute(interpreter) != 0))
            return Refusal.InterpreterMissing(path, interpreter);
        return code switch
        {
            Unix.NoExec => Refusal.NoInterpreterLine(path),
            Unix.NoEntry when File.Exists(path) => Refusal.LoaderMissing(path),
            Unix.TooBig => Refusal.TooLong(path),
            Unix.Denied or Unix.NotPermitted => Refusal.ProgramForbidden(path, Refusal.DaemonUser),
            _ => new(LaunchFailure.Other, sentence),
        };
    }

    private static (string? Path, LaunchResult.Failed? Refusal) Check(string path, string name, IReadOnlyDictionary<string, string> environment)
    {
        if (Directory.Exists(path))
            return (null, name.Contains('/') || name.Contains('\\') ? Refusal.NotAFile(path) : Refusal.ProgramMissing(name, ""));
        if (OperatingSystem.IsWindows())
        {
            var extensions = (Variable(environment, "PATHEXT") ?? WindowsExtensions).Split(';', StringSplitOptions.RemoveEmptyEntries);
            var found = Path.HasExtension(path) && File.Exists(path) ? path : extensions.Select(e => path + e).FirstOrDefault(File.Exists);
            return found is null ? (null, Refusal.ProgramMissing(name, "")) : (found, null);
        }
        switch (Unix.CheckExecute(path))
        {
            case 0: return (path, null);
            case Unix.Denied when !File.Exists(path): return (null, Refusal.ProgramForbidden(path, Refusal.DaemonUser));
            case Unix.Denied:
                const UnixFileMode anyExecute = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
                return (null, (File.GetUnixFileMode(path) & anyExecute) != 0
                    ? Refusal.ProgramForbidden(path, Refusal.DaemonUser)
                    : Refusal.NotExecutable(path));
            default: return (null, Refusal.ProgramMissing(name, ""));
        }
    }

    /// <summary>Names of variables have no case on Windows.</summary>
    private static string? Variable(IReadOnlyDictionary<string, string> environment, string name) => OperatingSystem.IsWindows()
        ? environment.FirstOrDefault(v => v.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value
        : environment.GetValueOrDefault(name);
}
