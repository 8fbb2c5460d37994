using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Ziggie.Scenarios.Tests.Support;

/// <summary>The processes of the machine, as /proc shows them.</summary>
internal static partial class Proc
{
    public const int Hangup = 1;
    public const int Interrupt = 2;
    public const int Kill = 9;
    public const int Terminate = 15;

    /// <summary>Whether it is there and no zombie.</summary>
    public static bool Lives(int pid) => StateOf(pid) is { } state and not ('Z' or 'X');

    /// <summary>Whether it is there, also as a zombie that nobody has reaped.</summary>
    public static bool Exists(int pid) => StateOf(pid) is not null;

    /// <summary>Clock ticks since boot at which it began: with the PID, a process's identity.</summary>
    public static string StartTimeOf(int pid) => Fields(pid)?[19] ?? "gone";

    /// <summary>Null when it is gone.</summary>
    public static int? SessionOf(int pid) => Fields(pid) is { } fields ? int.Parse(fields[3], CultureInfo.InvariantCulture) : null;

    public static IReadOnlyList<int> ZombiesOf(int parent) =>
        [.. All().Where(pid => Fields(pid) is { } fields && fields[0] == "Z" && fields[1] == parent.ToString(CultureInfo.InvariantCulture))];

    /// <summary>All that have a text in their environment or work in the folder: what a test has started, however it ran away.</summary>
    public static IReadOnlyList<int> Of(string folder) => [.. All().Where(pid => pid != Environment.ProcessId && Belongs(pid, folder))];

    public static void Signal(int pid, int signal) => _ = SendSignal(pid, signal);

    /// <summary>Kilobytes, from a field of /proc/PID/status such as VmRSS; or a number, such as Threads.</summary>
    public static long StatusOf(int pid, string field) => long.Parse(
        File.ReadLines($"/proc/{pid}/status").First(line => line.StartsWith(field + ":", StringComparison.Ordinal)).Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1],
        CultureInfo.InvariantCulture);

    /// <summary>How many of its threads have that name, of which the kernel keeps 15 characters.</summary>
    public static int ThreadsOf(int pid, string name) => Directory.GetDirectories($"/proc/{pid}/task").Count(task => Read($"{task}/comm").Trim() == name);

    public static int DescriptorsOf(int pid) => Directory.GetFileSystemEntries($"/proc/{pid}/fd").Length;

    /// <summary>With spaces between the arguments; empty when it is gone.</summary>
    public static string CommandLineOf(int pid) => Read($"/proc/{pid}/cmdline").Replace('\0', ' ');

    /// <summary>The value of a variable that it was started with; null when it has none or is gone.</summary>
    public static string? VariableOf(int pid, string name) =>
        Read($"/proc/{pid}/environ").Split('\0').FirstOrDefault(v => v.StartsWith(name + "=", StringComparison.Ordinal))?[(name.Length + 1)..];

    private static string Read(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    private static IEnumerable<int> All() =>
        Directory.GetDirectories("/proc").Select(path => int.TryParse(Path.GetFileName(path), out var pid) ? pid : 0).Where(pid => pid > 0);

    private static char? StateOf(int pid) => Fields(pid)?[0][0];

    // From the state on: what comes before may hold spaces and brackets.
    private static string[]? Fields(int pid)
    {
        try
        {
            return File.ReadAllText($"/proc/{pid}/stat").Split(')')[^1].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static bool Belongs(int pid, string folder)
    {
        try
        {
            return Encoding.UTF8.GetString(File.ReadAllBytes($"/proc/{pid}/environ")).Contains($"={folder}/", StringComparison.Ordinal)
                || File.ResolveLinkTarget($"/proc/{pid}/cwd", returnFinalTarget: false)?.FullName.StartsWith(folder + "/", StringComparison.Ordinal) == true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int SendSignal(int pid, int signal);
}
