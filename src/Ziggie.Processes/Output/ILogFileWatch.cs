using Microsoft.Win32.SafeHandles;

namespace Ziggie.Processes.Output;

/// <summary>Tells what others have done to a log's file while it was open.</summary>
internal interface ILogFileWatch
{
    /// <summary>How long the file is now; null when it cannot be told; negative when no name leads to it any more, where that can be seen.</summary>
    long? LengthOf(SafeFileHandle file);

    /// <summary>Whether a path still leads to the file.</summary>
    bool IsAt(string path, SafeFileHandle file);
}
