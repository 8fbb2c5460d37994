namespace Ziggie.Api.Backups;

/// <summary>Where an export goes: a new file that only its owner can read, from its first byte on.</summary>
internal static class PortableFile
{
    /// <exception cref="IOException">There is such a file already, or none can be made.</exception>
    public static FileStream Create(string path, FileOptions options = FileOptions.None)
    {
        var settings = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Options = options | FileOptions.Asynchronous,
        };
        if (!OperatingSystem.IsWindows()) settings.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new FileStream(path, settings);
    }
}
