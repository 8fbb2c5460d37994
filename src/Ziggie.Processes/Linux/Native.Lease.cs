using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Ziggie.Processes.Linux;

/// <summary>Leases of files, fcntl(2): whoever opens one of which somebody else has a lease waits until that is over.</summary>
[SupportedOSPlatform("linux")]
internal static partial class Native
{
    private const int SetSignal = 10;
    private const int SetLease = 1024;
    private const int GetLease = 1025;
    private const int WriteLease = 1;
    private const int NoLease = 2;
    private const int Dumpable = 3;

    /// <summary>By default ignored, unlike SIGIO, which would be sent otherwise and end this program.</summary>
    private const int SignalUrgent = 23;

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
    /// <remarks>The end of a lease resets the signal, so it is set each time.</remarks>
    public static bool Lease(int descriptor) =>
        FileControl(descriptor, SetSignal, SignalUrgent) == 0 && FileControl(descriptor, SetLease, WriteLease) == 0;

    public static void EndLease(int descriptor) => FileControl(descriptor, SetLease, NoLease);

    /// <summary>Whether somebody waits for the end of the lease.</summary>
    public static bool IsLeaseAwaited(int descriptor) => FileControl(descriptor, GetLease, 0) != WriteLease;

    /// <summary>Whether other processes of the same user may look at this one.</summary>
    public static bool IsDumpable() => Prctl(Dumpable, 0, 0, 0, 0) == 1;

    [LibraryImport("libc", EntryPoint = "memfd_create", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int CreateMemoryFile(string name, uint flags);
}
