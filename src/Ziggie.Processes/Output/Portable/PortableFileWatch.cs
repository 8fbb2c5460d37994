using Microsoft.Win32.SafeHandles;

namespace Ziggie.Processes.Output.Portable;

/// <summary>
/// By what every platform has: a name and a length. A file of the same length in the place of the open one is not told from it.
/// </summary>
internal sealed class PortableFileWatch : ILogFileWatch
{
    public long? LengthOf(SafeFileHandle file)
    {
        try
        {
            return RandomAccess.GetLength(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    public bool IsAt(string path, SafeFileHandle file)
    {
        var named = new FileInfo(path);
        return named.Exists && (LengthOf(file) is not { } length || named.Length == length);
    }
}
