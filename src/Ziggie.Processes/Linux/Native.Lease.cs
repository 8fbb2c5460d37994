using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Ziggie.Processes.Linux;

/// <summary>Leases of files, fcntl(2): whoever opens one of which somebody else has a lease waits until that is over.</summary>
[SupportedOSPlatform("linux")]
internal static partial class Native
{
    private const int SetSignal = 10;
    private const int SetOwner = 15;
    private const int OwnerIsThread = 0;
    private const int SetLease = 1024;
    private const int GetLease = 1025;
    private const int WriteLease = 1;
    private const int NoLease = 2;
    private const int Dumpable = 3;

    /// <summary>By default ignored, unlike SIGIO, which would be sent otherwise and end this program.</summary>
    private const int SignalUrgent = 23;

    private const int BlockSignals = 0;
    private const int UnblockSignals = 1;

    /// <summary>As the kernel numbers them from 1 on; the rest of the 128 bytes is glibc's.</summary>
    private const ulong OnlyUrgent = 1UL << (SignalUrgent - 1);

    /// <summary>A file in memory, of which there can be a lease; -1 and an error without room for it.</summary>
    public static int OpenLeasable()
    {
        var made = CreateMemoryFile("ziggie-gate", 1);
        if (made < 0) return -1;
        try
        {
            // The kernel counts who has a file open for writing, and has not counted this one: there would be no lease of it.
            return OpenPath($"/proc/self/fd/{made}", OpenReadOnly | OpenCloseOnExec);
        }
        finally
        {
            Close(made);
        }
    }

    /// <summary>False when it is open elsewhere, or where the kernel gives none.</summary>
    /// <param name="descriptor">One of <see cref="OpenLeasable"/>.</param>
    /// <param name="waiter">The thread that is told when somebody opens the file, in a <see cref="LeaseWait"/> of its; 0: none.</param>
    /// <remarks>The end of a lease resets whom it tells, and how, so both are set each time.</remarks>
    public static bool Lease(int descriptor, int waiter = 0)
    {
        if (FileControl(descriptor, SetSignal, SignalUrgent) != 0) return false;
        // Where that is forbidden the wait is told nothing, and looks again.
        if (waiter != 0) FileControl(descriptor, SetOwner, new FileOwner { Kind = OwnerIsThread, Id = waiter });
        return FileControl(descriptor, SetLease, WriteLease) == 0;
    }

    public static void EndLease(int descriptor) => FileControl(descriptor, SetLease, NoLease);

    /// <summary>Whether somebody waits for the end of the lease.</summary>
    public static bool IsLeaseAwaited(int descriptor) => FileControl(descriptor, GetLease, 0) != WriteLease;

    /// <summary>Whether other processes of the same user may look at this one.</summary>
    public static bool IsDumpable() => Prctl(Dumpable, 0, 0, 0, 0) == 1;

    [LibraryImport("libc", EntryPoint = "memfd_create", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int CreateMemoryFile(string name, uint flags);

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    private static partial int FileControl(int descriptor, int command, in FileOwner owner);

    [LibraryImport("libc", EntryPoint = "pthread_sigmask")]
    private static unsafe partial int ThreadSignalMask(int how, ulong* set, ulong* before);

    [LibraryImport("libc", EntryPoint = "sigtimedwait")]
    private static unsafe partial int WaitForSignal(ulong* set, void* info, in TimeSpec limit);

    [StructLayout(LayoutKind.Sequential)]
    private struct FileOwner
    {
        public int Kind;
        public int Id;
    }

    /// <summary>The waiting of one thread for the opening of a file that it has a lease of. The signal for it is kept for the thread meanwhile.</summary>
    public readonly unsafe ref struct LeaseWait : IDisposable
    {
        private const int WordsOfSet = 16;
        private readonly bool _wasBlocked;

        /// <param name="thread">The calling one's number.</param>
        public LeaseWait(out int thread)
        {
            thread = CurrentThread();
            var set = stackalloc ulong[WordsOfSet];
            var before = stackalloc ulong[WordsOfSet];
            set[0] = OnlyUrgent;
            ThreadSignalMask(BlockSignals, set, before);
            _wasBlocked = (before[0] & OnlyUrgent) != 0;
        }

        /// <summary>Returns when somebody opens the file, or after the limit.</summary>
        /// <param name="milliseconds">The limit, below a second.</param>
        public void Await(int milliseconds)
        {
            var set = stackalloc ulong[WordsOfSet];
            set[0] = OnlyUrgent;
            WaitForSignal(set, null, new TimeSpec { Nanoseconds = milliseconds * 1_000_000L });
        }

        public void Dispose()
        {
            if (_wasBlocked) return;
            var set = stackalloc ulong[WordsOfSet];
            set[0] = OnlyUrgent;
            ThreadSignalMask(UnblockSignals, set, null);
        }
    }
}
