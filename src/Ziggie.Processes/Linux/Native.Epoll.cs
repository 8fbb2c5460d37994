using System.Runtime.InteropServices;

namespace Ziggie.Processes.Linux;

/// <summary>epoll(7), with one 64-bit value for each descriptor.</summary>
internal static partial class Native
{
    public const int EpollAdd = 1;
    public const int EpollRemove = 2;
    public const uint EpollIn = 1;
    public const uint EpollOneShot = 1u << 30;
    public const int EventCloseOnExec = 0x80000;
    public const int EventNonBlocking = 0x800;

    /// <summary>struct epoll_event is packed on x86-64 alone.</summary>
    public static readonly int EpollEventSize = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 12 : 16;

    private static readonly int EpollValueOffset = EpollEventSize - 8;

    public static unsafe int EpollControl(int epoll, int operation, int descriptor, uint events, long value)
    {
        var entry = stackalloc byte[16];
        *(uint*)entry = events;
        *(long*)(entry + EpollValueOffset) = value;
        return EpollCtl(epoll, operation, descriptor, entry) == 0 ? 0 : Marshal.GetLastPInvokeError();
    }

    public static unsafe long EpollValue(byte* events, int index) => *(long*)(events + index * EpollEventSize + EpollValueOffset);

    [LibraryImport("libc", EntryPoint = "epoll_create1", SetLastError = true)]
    public static partial int EpollCreate(int flags);

    [LibraryImport("libc", EntryPoint = "epoll_wait", SetLastError = true)]
    public static unsafe partial int EpollWait(int epoll, byte* events, int capacity, int milliseconds);

    [LibraryImport("libc", EntryPoint = "epoll_ctl", SetLastError = true)]
    private static unsafe partial int EpollCtl(int epoll, int operation, int descriptor, byte* entry);
}
