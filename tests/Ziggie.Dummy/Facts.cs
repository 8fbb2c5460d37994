using System.Collections;
using System.Runtime.InteropServices;

namespace Ziggie.Dummy;

/// <summary>Prints what this process finds itself with. The runtime has changed some signals by then: it ignores SIGPIPE.</summary>
internal static partial class Facts
{
    public static void Print(string fact)
    {
        switch (fact)
        {
            case "pid": Output.Line($"pid {Environment.ProcessId}"); break;
            case "cwd": Output.Line($"cwd {Environment.CurrentDirectory}"); break;
            case "sid": Output.Line($"sid {SessionOf(0)}"); break;
            case "umask": FromStatus("Umask:"); break;
            case "signals":
                FromStatus("SigBlk:");
                FromStatus("SigIgn:");
                break;
            case "env":
                foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables()) Output.Line($"{variable.Key}={variable.Value}");
                break;
            case "fds":
                foreach (var descriptor in Directory.GetFileSystemEntries("/proc/self/fd")) Output.Line($"fd {Path.GetFileName(descriptor)}");
                break;
            default: throw new ArgumentException($"There is no verb '{fact}'.");
        }
    }

    private static void FromStatus(string field) =>
        Output.Line(File.ReadLines("/proc/self/status").First(line => line.StartsWith(field, StringComparison.Ordinal)).Replace('\t', ' '));

    [LibraryImport("libc", EntryPoint = "getsid")]
    private static partial int SessionOf(int pid);
}
