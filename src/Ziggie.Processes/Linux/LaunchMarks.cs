using System.Runtime.Versioning;

namespace Ziggie.Processes.Linux;

/// <summary>
/// A file for each launch that nothing else holds yet. The child makes it in its last step before it becomes the service's program, and
/// the daemon removes it once the run is held. So a daemon that died between the two leaves a sign that the run has been, even when the
/// run has ended by the time the next one looks.
/// </summary>
[SupportedOSPlatform("linux")]
internal sealed class LaunchMarks
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(7);

    private readonly string _folder;

    /// <param name="folder">Made when missing; marks that nobody has asked for in a week are dropped.</param>
    public LaunchMarks(string folder)
    {
        _folder = Path.GetFullPath(folder);
        Directory.CreateDirectory(_folder);
        foreach (var mark in new DirectoryInfo(_folder).EnumerateFiles())
        {
            if (DateTime.UtcNow - mark.LastWriteTimeUtc > Kept) mark.Delete();
        }
    }

    public string PathOf(string runId) => Path.Combine(_folder, runId);

    public bool Has(string runId) => File.Exists(PathOf(runId));

    /// <summary>A mark that stays because it cannot be removed means nothing: its run is recorded.</summary>
    public void Remove(string runId) => Native.Unlink(PathOf(runId));
}
