using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Ziggie.Processes.Output.Linux;

/// <summary>The calls of Linux that moving output needs and the runtime does not have. Values are those of x86-64 and ARM64.</summary>
[SupportedOSPlatform("linux")]
internal static unsafe partial class OutputNative
{
    public const int OpenReadOnly = 0, OpenReadWrite = 2, OpenCreate = 0x40, OpenTruncate = 0x200, OpenNonBlock = 0x800, OpenCloseOnExec = 0x80000;
    public const int Interrupted = 4, InputOutputError = 5, Again = 11, FileExists = 17, InvalidArgument = 22;
    public const uint EpollIn = 1, EpollEdge = 1u << 31;
    public const int EpollAdd = 1, EpollDelete = 2;
    public const uint SpliceMove = 1, SpliceNonBlock = 2;

    private const int FionRead = 0x541B, SetPipeSize = 1031;
    private const int AtCurrentFolder = -100, AtNoFollow = 0x100, AtEmptyPath = 0x1000;
    private const uint StatBasic = 0x7ff;
    private const int EventCloseOnExec = 0x80000, EventNonBlock = 0x800;

    /// <summary>What a file is, as far as it matters here.</summary>
    public readonly record struct FileState(uint Links, ushort Mode, ulong Inode, long Size, ulong Device)
    {
        public bool IsFifo => (Mode & 0xF000) == 0x1000;

        public bool IsSameFile(FileState other) => Inode == other.Inode && Device == other.Device;
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Open(string path, int flags, int mode);

    [LibraryImport("libc", EntryPoint = "close")]
    public static partial int Close(int descriptor);

    [LibraryImport("libc", EntryPoint = "mkfifo", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int MakeFifo(string path, int mode);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    public static partial nint Read(int descriptor, byte* buffer, nint count);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    public static partial nint Write(int descriptor, byte* buffer, nint count);

    [LibraryImport("libc", EntryPoint = "pwrite", SetLastError = true)]
    public static partial nint WriteAt(int descriptor, byte* buffer, nint count, long offset);

    [LibraryImport("libc", EntryPoint = "splice", SetLastError = true)]
    public static partial nint Splice(int from, long* fromOffset, int to, long* toOffset, nint count, uint flags);

    [LibraryImport("libc", EntryPoint = "epoll_create1", SetLastError = true)]
    public static partial int EpollCreate(int flags);

    /// <param name="data">An <c>epoll_event</c>; see <see cref="EpollEvents"/> for its layout.</param>
    [LibraryImport("libc", EntryPoint = "epoll_ctl", SetLastError = true)]
    public static partial int EpollControl(int epoll, int operation, int descriptor, byte* data);

    [LibraryImport("libc", EntryPoint = "epoll_wait", SetLastError = true)]
    public static partial int EpollWait(int epoll, byte* events, int count, int timeoutMilliseconds);

    public static int MakeEvent() => EventFd(0, EventCloseOnExec | EventNonBlock);

    /// <summary>Bytes that wait in a pipe; 0 when that cannot be told.</summary>
    public static int Available(int pipe)
    {
        var count = 0;
        return Ioctl(pipe, FionRead, &count) == 0 ? count : 0;
    }

    public static bool ResizePipe(int pipe, int bytes) => Fcntl(pipe, SetPipeSize, bytes) >= 0;

    public static FileState? Stat(string path) => Stat(AtCurrentFolder, path, AtNoFollow);

    public static FileState? Stat(int descriptor) => Stat(descriptor, "", AtEmptyPath);

    private static FileState? Stat(int folder, string path, int flags)
    {
        // struct statx is the same on every architecture, which struct stat is not.
        var state = stackalloc byte[256];
        if (Statx(folder, path, flags, StatBasic, state) != 0) return null;
        return new(*(uint*)(state + 16), *(ushort*)(state + 28), *(ulong*)(state + 32), *(long*)(state + 40), *(ulong*)(state + 136));
    }

    [LibraryImport("libc", EntryPoint = "eventfd", SetLastError = true)]
    private static partial int EventFd(uint value, int flags);

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    private static partial int Ioctl(int descriptor, nuint request, int* value);

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    private static partial int Fcntl(int descriptor, int command, int value);

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Statx(int folder, string path, int flags, uint mask, byte* state);
}
