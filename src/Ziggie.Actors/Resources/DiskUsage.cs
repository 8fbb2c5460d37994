namespace Ziggie.Actors.Resources;

/// <summary>A file system that the daemon writes to.</summary>
/// <param name="Mount">Where it is mounted.</param>
/// <param name="FileSystem">Such as ext4.</param>
/// <param name="TotalBytes">Its size.</param>
/// <param name="FreeBytes">What the daemon's user may still write.</param>
/// <param name="UsedPercent">Of what that user could use of it: what the file system holds back is neither used nor free. As df has it.</param>
/// <param name="Holds">What of the daemon's lies on it.</param>
public sealed record DiskUsage(string Mount, string FileSystem, long TotalBytes, long FreeBytes, double UsedPercent, IReadOnlyList<string> Holds)
{
    /// <summary>One for each file system; one that cannot be asked is left out.</summary>
    public static IReadOnlyList<DiskUsage> Of(params (string What, string Path)[] places)
    {
        var drives = DriveInfo.GetDrives();
        return [.. places
            .GroupBy(place => MountOf(Path.GetFullPath(place.Path), drives))
            .Select(mount => Measure(mount.Key, [.. mount.Select(place => place.What)]))
            .OfType<DiskUsage>()];
    }

    /// <summary>The longest name of a drive that the path lies in.</summary>
    private static string MountOf(string path, DriveInfo[] drives) => drives
        .Select(drive => drive.Name)
        .Where(name => path == name || path.StartsWith(name.TrimEnd(Path.DirectorySeparatorChar) + Path.DirectorySeparatorChar, StringComparison.Ordinal))
        .MaxBy(name => name.Length) ?? Path.GetPathRoot(path)!;

    private static DiskUsage? Measure(string mount, string[] holds)
    {
        try
        {
            var drive = new DriveInfo(mount);
            var (total, free) = (drive.TotalSize, drive.AvailableFreeSpace);
            var used = total - drive.TotalFreeSpace;
            var percent = used + free > 0 ? Math.Round(100.0 * used / (used + free), 2) : 0;
            return new DiskUsage(mount, drive.DriveFormat, total, free, percent, holds);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
