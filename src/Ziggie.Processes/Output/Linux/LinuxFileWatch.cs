using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace Ziggie.Processes.Output.Linux;

/// <summary>By inode, which a file keeps under whatever name.</summary>
[SupportedOSPlatform("linux")]
internal sealed class LinuxFileWatch : ILogFileWatch
{
    public long? LengthOf(SafeFileHandle file) => StateOf(file) is { } state ? state.Links == 0 ? -1 : state.Size : null;

    public bool IsAt(string path, SafeFileHandle file) =>
        StateOf(file) is not { } state || (OutputNative.Stat(path) is { } named && named.IsSameFile(state));

    private static OutputNative.FileState? StateOf(SafeFileHandle file) => OutputNative.Stat((int)file.DangerousGetHandle());
}
