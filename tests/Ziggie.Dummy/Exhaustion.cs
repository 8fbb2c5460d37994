using Ziggie.Processes;

namespace Ziggie.Dummy;

/// <summary>
/// Launches while no file descriptor is left, and again after some are: a matter of a whole process, so no test can do it in its own.
/// Prints what came of each, and how many children are left at the end.
/// </summary>
internal static class Exhaustion
{
    public static void Launch(LauncherKind kind)
    {
        SpareThreads.Make();
        using var launcher = ProcessLauncher.Create(kind);
        Tell("before", launcher); // also loads all the code, which could not be done later

        var hoard = new List<FileStream>();
        try
        {
            while (true) hoard.Add(new FileStream("/dev/null", FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0));
        }
        catch (IOException)
        {
            // the limit
        }
        for (var spared = 0; spared < 4; spared++)
        {
            Tell($"with {spared}", launcher);
            hoard[^1].Dispose();
            hoard.RemoveAt(hoard.Count - 1);
        }
        hoard.ForEach(file => file.Dispose());
        Tell("after", launcher);
    }

    private static void Tell(string when, IProcessLauncher launcher)
    {
        var spec = new ProcessSpec { RunId = Guid.NewGuid().ToString("N"), FileName = "/bin/true", Environment = new Dictionary<string, string>() };
        switch (launcher.Launch(spec))
        {
            case LaunchResult.Launched(var process):
                Output.Line($"{when}: {process.Exited.GetAwaiter().GetResult()}");
                process.Dispose();
                break;
            case LaunchResult.Failed(var reason, var message):
                Output.Line($"{when}: {reason}: {message}");
                break;
        }
    }
}
