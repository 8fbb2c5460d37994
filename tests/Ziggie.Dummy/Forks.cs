using System.Diagnostics;

namespace Ziggie.Dummy;

/// <summary>Children that sleep for five minutes, so that a test that fails leaves nothing for ever. Each prints "forked PID".</summary>
internal static class Forks
{
    private const string Seconds = "300";

    public static void Start(string mode)
    {
        switch (mode)
        {
            case "plain": Direct("sleep", Seconds); break;
            // timeout(1) makes a process group of its own, and its child is in it.
            case "group": Direct("timeout", Seconds, "sleep", Seconds); break;
            case "session": Direct("setsid", "sleep", Seconds); break;
            case "session-clean": Direct("setsid", "env", "-i", "sleep", Seconds); break;
            // The parent in the middle ends: an orphan in a session whose leader is gone.
            case "double": ThroughShell("setsid", "sh", "-c", $"sleep {Seconds} & echo forked $!"); break;
            // An orphan in the session that it was started in, with nothing in its environment.
            case "double-clean": ThroughShell("sh", "-c", $"env -i sleep {Seconds} & echo forked $!"); break;
            default: throw new ArgumentException($"There is no way to fork called '{mode}'.");
        }
    }

    private static void Direct(string program, params string[] arguments) => Output.Line($"forked {Process.Start(program, arguments).Id}");

    private static void ThroughShell(string program, params string[] arguments) => Process.Start(program, arguments).WaitForExit();
}
