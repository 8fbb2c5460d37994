using System.Globalization;
using System.Runtime.Versioning;

namespace Ziggie.Processes.Linux;

/// <summary>
/// Gets hold of a child before it becomes the program: until it is held, it can neither run nor end, and when this process dies it ends
/// without having been anything. What must be done to a child before it becomes the program is done there, too.
/// </summary>
/// <remarks>
/// The first thing that the child does is to open a file of which this process has a lease (fcntl, F_SETLEASE), and whoever opens such a
/// file waits until the lease is given back or its holder is gone. The PID is not known by then, since posix_spawn returns when the program
/// is there, but the thread that waits for it has no other child. The kernel takes a lease away after /proc/sys/fs/lease-break-time, 45 s.
/// </remarks>
[SupportedOSPlatform("linux")]
internal static class BirthGate
{
    private static readonly Lock Turn = new();
    private static readonly Lazy<PosixSpawn.Barrier?> Barrier = new(MakeBarrier);

    /// <summary>Why children cannot go through it, when they cannot.</summary>
    public const string WhyMissing =
        "the kernel does not list a thread's children (CONFIG_PROC_CHILDREN), or gives no leases of files (F_SETLEASE).";

    /// <summary>Whether children can go through it.</summary>
    public static bool IsThere => Barrier.Value is not null;

    /// <summary>Starts a child, which is held from before it ends.</summary>
    /// <param name="start">Makes the call with this barrier; returns its error. Runs on a thread of its own.</param>
    /// <param name="prepare">Does something to the child while it waits.</param>
    public static (int Error, Birth? Birth) Pass(Func<PosixSpawn.Barrier, int> start, Action<Birth>? prepare = null)
    {
        lock (Turn)
        {
            var barrier = Barrier.Value!;
            if (!Native.Lease(barrier.Descriptor)) return (Native.EAGAIN, null);
            using var begun = new ManualResetEventSlim();
            var (error, thread) = (0, 0);
            var parent = new Thread(() =>
            {
                thread = Native.CurrentThread();
                begun.Set();
                error = start(barrier);
            });
            Birth? birth = null;
            try
            {
                parent.Start();
                begun.Wait();
                birth = Await(parent, thread, barrier.Descriptor);
                if (birth is not null) prepare?.Invoke(birth);
            }
            catch
            {
                birth?.Kill();
                throw;
            }
            finally
            {
                Native.EndLease(barrier.Descriptor);
                // Until then the child may have the file open, and there could be no other lease of it.
                if (thread != 0) parent.Join();
            }
            if (error == 0) return (0, birth);
            birth?.Pidfd?.Dispose();
            return (error, null);
        }
    }

    /// <summary>Waits until the thread's child is at the gate; null when the call failed before.</summary>
    private static Birth? Await(Thread parent, int thread, int lease)
    {
        var spin = new SpinWait();
        while (parent.IsAlive)
        {
            if (Native.IsLeaseAwaited(lease) && ChildOf(thread) is { } pid) return new Birth(pid, SafePidfd.Open(pid, out var error), error, StatOf(pid));
            spin.SpinOnce();
        }
        return null;
    }

    private static int? ChildOf(int thread)
    {
        try
        {
            var children = File.ReadAllText(ChildrenFile(thread));
            return int.TryParse(children.AsSpan().Trim(), CultureInfo.InvariantCulture, out var pid) ? pid : null;
        }
        catch (IOException)
        {
            return null; // the thread has ended, or descriptors are short just now
        }
    }

    private static ProcStat? StatOf(int pid)
    {
        try
        {
            return ProcFs.Stat(pid);
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>Null where the kernel has not what it takes, or does not let a child open this process's files.</summary>
    private static PosixSpawn.Barrier? MakeBarrier()
    {
        if (!Native.IsDumpable() || !File.Exists(ChildrenFile(Native.CurrentThread()))) return null;
        var descriptor = Native.OpenLeasable();
        if (descriptor < 0) return null;
        var path = string.Create(CultureInfo.InvariantCulture, $"/proc/{Environment.ProcessId}/fd/{descriptor}");
        // A lease that cannot be given, or a /proc of another PID namespace.
        if (Native.Lease(descriptor))
        {
            Native.EndLease(descriptor);
            if (File.Exists(path)) return new PosixSpawn.Barrier(path, descriptor);
        }
        Native.Close(descriptor);
        return null;
    }

    private static string ChildrenFile(int thread) => string.Create(CultureInfo.InvariantCulture, $"/proc/self/task/{thread}/children");

    /// <summary>A child at the gate.</summary>
    /// <param name="Pid">Its PID.</param>
    /// <param name="Pidfd">Null when it cannot be held, because of <paramref name="Error"/>.</param>
    /// <param name="Stat">Null when descriptors are short.</param>
    public sealed record Birth(int Pid, SafePidfd? Pidfd, int Error, ProcStat? Stat)
    {
        /// <summary>By its PID only when nothing holds it, and then at the gate, where nobody can have reaped it.</summary>
        public void Kill()
        {
            if (Pidfd is { } pidfd) pidfd.Signal(SignalNames.Kill);
            else Native.Kill(Pid, SignalNames.Kill);
        }
    }
}
