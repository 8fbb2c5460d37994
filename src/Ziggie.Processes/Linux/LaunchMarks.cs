using System.Runtime.Versioning;

namespace Ziggie.Processes.Linux;

/// <summary>
/// A file for each run that has been its program, for as long as a next daemon might wonder. Where a child can be held before, the
/// daemon makes it and the child does not become the program without it; elsewhere the child makes it in its last step.
/// </summary>
[SupportedOSPlatform("linux")]
internal sealed class LaunchMarks
{
    private const string Prepared = ".new";
    private static readonly TimeSpan Kept = TimeSpan.FromDays(7);
    private static readonly TimeSpan KeptPrepared = TimeSpan.FromMinutes(1);

    private readonly string _folder;

    /// <param name="folder">Made when missing; marks that nobody has asked for in a week are dropped.</param>
    public LaunchMarks(string folder)
    {
        _folder = Path.GetFullPath(folder);
        Directory.CreateDirectory(_folder);
        Drop(mark => DateTime.UtcNow - mark.LastWriteTimeUtc > (mark.Name.EndsWith(Prepared, StringComparison.Ordinal) ? KeptPrepared : Kept));
    }

    public string PathOf(string runId) => Path.Combine(_folder, runId);

    public bool Has(string runId) => File.Exists(PathOf(runId));

    /// <summary>Makes room for a mark, which then only needs another name; false without room, on a full disk for example.</summary>
    public bool TryPrepare(string runId)
    {
        try
        {
            File.Create(PathOf(runId) + Prepared, bufferSize: 0).Dispose();
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    public bool TryGive(string runId) => Native.Rename(PathOf(runId) + Prepared, PathOf(runId)) == 0;

    /// <summary>A mark that stays because it cannot be removed means nothing: its run is recorded.</summary>
    public void Remove(string runId)
    {
        Native.Unlink(PathOf(runId));
        Native.Unlink(PathOf(runId) + Prepared);
    }

    /// <summary>Drops those of all other runs, but for any that are being launched.</summary>
    public void RemoveOthers(IReadOnlySet<string> runIds) =>
        Drop(mark => !runIds.Contains(mark.Name) && DateTime.UtcNow - mark.LastWriteTimeUtc > KeptPrepared);

    private void Drop(Func<FileInfo, bool> isOver)
    {
        try
        {
            foreach (var mark in new DirectoryInfo(_folder).EnumerateFiles())
            {
                if (isOver(mark)) Native.Unlink(mark.FullName);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // no descriptor left to look with, or somebody removed the folder or closed it; the next daemon looks again
        }
    }
}
