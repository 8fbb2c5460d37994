using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Ziggie.Processes.Linux;

/// <summary>The C library and system calls that are of general use here; those for one concern are in the other parts.</summary>
[SupportedOSPlatform("linux")]
internal static partial class Native
{
    public const int EPERM = 1;
    public const int ENOENT = 2;
    public const int ESRCH = 3;
    public const int EINTR = 4;
    public const int E2BIG = 7;
    public const int ENOEXEC = 8;
    public const int ECHILD = 10;
    public const int EAGAIN = 11;
    public const int ENOMEM = 12;
    public const int EACCES = 13;
    public const int ENOTDIR = 20;
    public const int ENFILE = 23;
    public const int EMFILE = 24;
    public const int ETXTBSY = 26;
    public const int ENOSPC = 28;
    public const int ELOOP = 40;

    public const int OpenReadOnly = 0;
    public const int OpenWriteOnly = 1;
    public const int OpenReadWrite = 2;
    public const int OpenCreate = 0x40;
    public const int OpenNoControllingTerminal = 0x100;
    public const int OpenAppend = 0x400;
    public const int OpenNonBlocking = 0x800;
    public const int OpenCloseOnExec = 0x80000;
    public const int OpenPathOnly = 0x200000;

    /// <summary>Clock ticks in a second as /proc counts them: USER_HZ, which is 100 on every Linux.</summary>
    public const int TicksPerSecond = 100;

    private const int ClockBootTime = 7;
    private const int ExecuteAccess = 1;
    private const int CurrentFolder = -100;
    private const int EffectiveIds = 0x200;
    private const int ChildSubreaper = 36;
    private const int CloneFs = 0x200;
    private const int DuplicateCloseOnExec = 1030;

    /// <summary>Whether an error says "not now": out of processes, memory or file descriptors.</summary>
    public static bool IsShortage(int error) => error is EAGAIN or ENOMEM or EMFILE or ENFILE or ETXTBSY;

    /// <summary>0 when the daemon (by its effective ids) may execute the file or enter the folder; else the error.</summary>
    public static int CheckExecute(string path) =>
        FAccessAt(CurrentFolder, path, ExecuteAccess, EffectiveIds) == 0 ? 0 : Marshal.GetLastPInvokeError();

    /// <summary>Clock ticks since boot, on the clock of field 22 of /proc/PID/stat.</summary>
    public static long TicksSinceBoot()
    {
        if (ClockGetTime(ClockBootTime, out var time) != 0)
            throw new IOException($"clock_gettime failed: {Marshal.GetLastPInvokeErrorMessage()}");
        return time.Seconds * TicksPerSecond + time.Nanoseconds / (1_000_000_000 / TicksPerSecond);
    }

    [LibraryImport("libc", EntryPoint = "unlink", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Unlink(string path);

    [LibraryImport("libc", EntryPoint = "rename", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Rename(string from, string to);

    /// <summary>A second number for a descriptor, closed on exec; -1 when none is free.</summary>
    public static int Duplicate(int descriptor) => FileControl(descriptor, DuplicateCloseOnExec, 3);

    /// <summary>Makes this process the parent of its descendants' orphans.</summary>
    public static bool BecomeSubreaper() => Prctl(ChildSubreaper, 1, 0, 0, 0) == 0;

    /// <summary>Gives the calling thread a working folder and umask of its own; false where a container's filter forbids it.</summary>
    public static bool UnshareFileSystemState() => Unshare(CloneFs) == 0;

    [LibraryImport("libc", EntryPoint = "geteuid")]
    public static partial uint EffectiveUser();

    [LibraryImport("libc", EntryPoint = "getsid")]
    public static partial int SessionOf(int pid);

    /// <summary>The kernel's number of the calling thread.</summary>
    [LibraryImport("libc", EntryPoint = "gettid")]
    public static partial int CurrentThread();

    [LibraryImport("libc", EntryPoint = "umask")]
    public static partial uint SetUmask(uint mask);

    [LibraryImport("libc", EntryPoint = "chown", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int ChangeOwner(string path, uint user, uint group);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true)]
    public static unsafe partial int Open(byte* path, int flags);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    public static unsafe partial nint Read(int descriptor, byte* buffer, nint count);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    public static unsafe partial nint Write(int descriptor, byte* buffer, nint count);

    [LibraryImport("libc", EntryPoint = "close")]
    public static partial int Close(int descriptor);

    [LibraryImport("libc", EntryPoint = "eventfd", SetLastError = true)]
    public static partial int EventDescriptor(uint value, int flags);

    [LibraryImport("libc", EntryPoint = "faccessat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int FAccessAt(int folder, string path, int mode, int flags);

    [LibraryImport("libc", EntryPoint = "clock_gettime", SetLastError = true)]
    private static partial int ClockGetTime(int clock, out TimeSpec time);

    [LibraryImport("libc", EntryPoint = "prctl", SetLastError = true)]
    private static partial int Prctl(int option, nuint a, nuint b, nuint c, nuint d);

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    private static partial int FileControl(int descriptor, int command, int argument);

    [LibraryImport("libc", EntryPoint = "unshare", SetLastError = true)]
    private static partial int Unshare(int flags);

    [StructLayout(LayoutKind.Sequential)]
    private struct TimeSpec
    {
        public long Seconds;
        public long Nanoseconds;
    }
}
