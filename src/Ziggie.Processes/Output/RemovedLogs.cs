using System.Globalization;

namespace Ziggie.Processes.Output;

/// <summary>The logs of services that are no more, as <c>.removed/NAME-TIME</c>; the newest are kept.</summary>
internal static class RemovedLogs
{
    private const int Kept = 20;
    private const string TimeFormat = "yyyyMMdd'T'HHmmss'.'fffffff'Z'";

    public static void Take(string logFolder, string service, string folder, DateTimeOffset now)
    {
        if (!Directory.Exists(folder)) return;
        var removed = Path.Combine(logFolder, LogPaths.RemovedFolder);
        LogFolder.CreateFolder(removed);
        string target;
        do
        {
            target = Path.Combine(removed, $"{service}-{now.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture)}");
            now = now.AddTicks(1);
        }
        while (Directory.Exists(target));
        Directory.Move(folder, target);
        foreach (var old in Directory.GetDirectories(removed).OrderByDescending(TimeOf, StringComparer.Ordinal).Skip(Kept))
            Directory.Delete(old, recursive: true);
    }

    // No time has a hyphen in it, though a name may.
    private static string TimeOf(string path) => path[(path.LastIndexOf('-') + 1)..];
}
