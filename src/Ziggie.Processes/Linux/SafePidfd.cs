using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Ziggie.Processes.Linux;

/// <summary>Holds one process: whatever happens to its PID, this never means another one.</summary>
[SupportedOSPlatform("linux")]
internal sealed class SafePidfd : SafeHandle
{
    private SafePidfd(int descriptor) : base(-1, ownsHandle: true) => SetHandle(descriptor);

    public override bool IsInvalid => handle < 0;

    /// <summary>Null when there is no such process, with the error in <paramref name="error"/>.</summary>
    public static SafePidfd? Open(int pid, out int error)
    {
        var descriptor = Native.OpenPidfd(pid);
        error = descriptor < 0 ? Marshal.GetLastPInvokeError() : 0;
        return descriptor < 0 ? null : new SafePidfd(descriptor);
    }

    /// <summary>A second descriptor of the same process; null when this one is closed or no number is free.</summary>
    public SafePidfd? Duplicate()
    {
        var descriptor = Use(Native.Duplicate, closed: -1);
        return descriptor < 0 ? null : new SafePidfd(descriptor);
    }

    /// <summary>What another process holds under a number; null when it may not be had.</summary>
    public static SafePidfd? CopyOf(SafePidfd holder, int number)
    {
        var descriptor = holder.Use(pidfd => Native.CopyDescriptor(pidfd, number), closed: -1);
        return descriptor < 0 ? null : new SafePidfd(descriptor);
    }

    /// <summary>Of a raw descriptor, which is this object's to close from then on.</summary>
    public static SafePidfd Own(int descriptor) => new(descriptor);

    /// <summary>Runs an action with the raw descriptor, which cannot be closed meanwhile; the fallback when it is closed already.</summary>
    public T Use<T>(Func<int, T> action, T closed)
    {
        var held = false;
        try
        {
            DangerousAddRef(ref held);
            return action((int)handle);
        }
        catch (ObjectDisposedException)
        {
            return closed;
        }
        finally
        {
            if (held) DangerousRelease();
        }
    }

    /// <summary>False when the process is gone or the descriptor closed.</summary>
    public bool Signal(int signal) => Use(descriptor => Native.SendSignal(descriptor, signal) == 0, closed: false);

    protected override bool ReleaseHandle() => Native.Close((int)handle) == 0;
}
