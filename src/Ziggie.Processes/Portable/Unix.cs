using System.Runtime.InteropServices;

namespace Ziggie.Processes.Portable;

/// <summary>The few calls of POSIX that .NET does not offer; constants are those that Linux and macOS share.</summary>
internal static partial class Unix
{
    public const int NoEntry = 2;
    public const int TooBig = 7;
    public const int NoExec = 8;
    public const int NotPermitted = 1;
    public const int Denied = 13;
    public const int Busy = 26;

    private const int Execute = 1;
    private const short Readable = 1;

    /// <summary>0 when the daemon may execute the file or enter the folder; else the error.</summary>
    public static int CheckExecute(string path) => Access(path, Execute) == 0 ? 0 : Marshal.GetLastPInvokeError();

    public static bool SendSignal(int pid, int signal) => Kill(pid, PlatformSignals.ToPlatform(signal)) == 0;

    /// <summary>Whether a pipe holds nothing, and somebody still has its other end.</summary>
    public static bool IsEmptyPipe(SafeHandle pipe)
    {
        var held = false;
        try
        {
            pipe.DangerousAddRef(ref held);
            var entry = new PollEntry { Descriptor = (int)pipe.DangerousGetHandle(), Events = Readable };
            return Poll(ref entry, 1, 0) == 0;
        }
        catch (ObjectDisposedException)
        {
            return false;
        }
        finally
        {
            if (held) pipe.DangerousRelease();
        }
    }

    /// <summary>Out of processes, memory or file descriptors; EAGAIN differs.</summary>
    public static bool IsShortage(int error) => error is 12 or 23 or 24 or Busy || error == (OperatingSystem.IsLinux() ? 11 : 35);

    [LibraryImport("libc", EntryPoint = "access", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Access(string path, int mode);

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int pid, int signal);

    [LibraryImport("libc", EntryPoint = "poll")]
    private static partial int Poll(ref PollEntry entries, nuint count, int milliseconds);

    private struct PollEntry
    {
        public int Descriptor;
        public short Events;
        public short Results;
    }
}
