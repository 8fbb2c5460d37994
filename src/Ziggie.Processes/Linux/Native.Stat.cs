using System.Runtime.InteropServices;

namespace Ziggie.Processes.Linux;

/// <summary>The kind of a file, which .NET does not tell.</summary>
internal static partial class Native
{
    private const int KindMask = 0xF000;
    private const int KindFifo = 0x1000;
    private const int KindFolder = 0x4000;
    private const int KindRegular = 0x8000;
    private const uint ModeField = 3;

    public enum FileKind
    {
        Missing,

        /// <summary>A folder on the way may not be entered, or the path is no path.</summary>
        Unreachable,
        Regular,
        Folder,
        Fifo,
        Other,
    }

    /// <summary>What is at a path, links followed.</summary>
    public static FileKind KindOf(string path)
    {
        if (StatX(CurrentFolder, path, 0, ModeField, out var result) != 0)
            return Marshal.GetLastPInvokeError() is ENOENT or ENOTDIR ? FileKind.Missing : FileKind.Unreachable;
        return (result.Mode & KindMask) switch
        {
            KindRegular => FileKind.Regular,
            KindFolder => FileKind.Folder,
            KindFifo => FileKind.Fifo,
            _ => FileKind.Other,
        };
    }

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int StatX(int folder, string path, int flags, uint mask, out StatXResult result);

    /// <summary>struct statx, the same on every architecture.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct StatXResult
    {
        [FieldOffset(28)] public readonly ushort Mode;
    }
}
