using System.Runtime.InteropServices;

namespace Ziggie.Processes.Linux;

/// <summary>Process descriptors and wait statuses.</summary>
internal static partial class Native
{
    public const int WaitNoHang = 1;
    public const int WaitExited = 4;
    public const int WaitKeep = 0x0100_0000;
    public const int WaitForAll = 0;
    public const int WaitForPid = 1;
    public const int WaitForPidfd = 3;

    private const int ExitedByItself = 1;
    private const int SystemCallSendSignal = 424;
    private const int SystemCallOpenPidfd = 434;
    private const int SystemCallCopyDescriptor = 438;

    /// <summary>_IOWR(0xFF, 11, struct pidfd_info) with the 64 bytes of the structure's first version.</summary>
    private const nuint GetInfo = 0xC040_FF0B;
    private const ulong InfoExit = 1 << 3;

    /// <summary>A descriptor of a living or zombie process, closed on exec; -1 and an error when it is gone.</summary>
    public static int OpenPidfd(int pid) => (int)SystemCall(SystemCallOpenPidfd, pid, 0, 0, 0);

    /// <summary>pidfd_getfd(2): a copy of another process's descriptor, closed on exec; -1 without the right to trace that process.</summary>
    public static int CopyDescriptor(int pidfd, int descriptor) => (int)SystemCall(SystemCallCopyDescriptor, pidfd, descriptor, 0, 0);

    public static int SendSignal(int pidfd, int signal) => (int)SystemCall(SystemCallSendSignal, pidfd, signal, 0, 0);

    /// <summary>
    /// The wait status of a process that its parent has reaped, whoever that is (kernel 6.15 and later). Null while it is a zombie
    /// or alive, and on older kernels.
    /// </summary>
    public static int? ReapedStatus(int pidfd)
    {
        var info = new PidfdInfo { Mask = InfoExit };
        return Ioctl(pidfd, GetInfo, ref info) == 0 && (info.Mask & InfoExit) != 0 ? info.ExitCode : null;
    }

    /// <summary>waitid(2): 0 or an error; <paramref name="result"/> has PID 0 when nothing has ended yet.</summary>
    public static int Wait(int idType, int id, int options, out WaitResult result)
    {
        while (true)
        {
            result = default;
            if (WaitId(idType, (uint)id, ref result, options) == 0) return 0;
            var error = Marshal.GetLastPInvokeError();
            if (error != EINTR) return error;
        }
    }

    /// <summary>Only for a child that has not been reaped: its PID cannot be another's.</summary>
    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    public static partial int Kill(int pid, int signal);

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static partial nint SystemCall(nint number, nint a, nint b, nint c, nint d);

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    private static partial int Ioctl(int descriptor, nuint request, ref PidfdInfo info);

    [LibraryImport("libc", EntryPoint = "waitid", SetLastError = true)]
    private static partial int WaitId(int idType, uint id, ref WaitResult result, int options);

    /// <summary>struct pidfd_info of linux/pidfd.h, first version.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 64)]
    private struct PidfdInfo
    {
        [FieldOffset(0)] public ulong Mask;
        [FieldOffset(60)] public int ExitCode;
    }

    /// <summary>siginfo_t as waitid fills it, on 64-bit Linux.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 128)]
    public struct WaitResult
    {
        [FieldOffset(8)] private readonly int _code;
        [FieldOffset(16)] public readonly int Pid;
        [FieldOffset(24)] private readonly int _status;

        public readonly ExitStatus Status => _code == ExitedByItself ? ExitStatus.Exited(_status) : ExitStatus.Signaled(_status);
    }
}
