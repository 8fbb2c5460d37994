using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.ExceptionServices;
using System.Runtime.Versioning;

namespace Ziggie.Processes.Linux;

/// <summary>
/// Gets hold of a child before it becomes the program: until it is held, it can neither run nor end, and when this process dies it ends
/// without having been anything. What must be done to a child before it becomes the program is done there, too.
/// </summary>
/// <remarks>
/// The first thing that the child does is to open a file of which this process has a lease (fcntl, F_SETLEASE), and whoever opens such a
/// file waits until the lease is given back or its holder is gone. The PID is not known by then, since posix_spawn returns when the program
/// is there, but it is the last child of the thread that waits for it. The kernel takes a lease away after /proc/sys/fs/lease-break-time, 45 s.
/// </remarks>
[SupportedOSPlatform("linux")]
internal sealed class BirthGate
{
    /// <summary>A child takes some milliseconds to become its program, and waits for memory and the disk meanwhile.</summary>
    private const int MostGates = 4;

    /// <summary>How soon it is noticed that there will be no child, or where the kernel tells nothing, that there is one.</summary>
    private const int LookAgainMilliseconds = 5;

    /// <summary>How long a free gate is waited for: children of programs on a file system that does not answer may stand in all of them.</summary>
    private static readonly TimeSpan FreeLimit = TimeSpan.FromSeconds(30);

    /// <summary>How long descriptors may be so short that a child at the gate cannot be looked at.</summary>
    private static readonly TimeSpan ShortLimit = TimeSpan.FromSeconds(1);

    private static readonly Lazy<BlockingCollection<BirthGate>?> Free = new(MakeAll);

    private readonly PosixSpawn.Barrier _barrier;
    private readonly Spawner _spawner;

    private BirthGate(PosixSpawn.Barrier barrier, Spawner spawner) => (_barrier, _spawner) = (barrier, spawner);

    /// <summary>Why children cannot go through one, when they cannot.</summary>
    public const string WhyMissing =
        "the kernel does not list a thread's children (CONFIG_PROC_CHILDREN), or gives no leases of files (F_SETLEASE).";

    /// <summary>Whether children can go through one.</summary>
    public static bool IsThere => Free.Value is not null;

    /// <summary>Starts a child, which is held from before it ends.</summary>
    /// <param name="start">Makes the call with this barrier; returns its error and the PID. Runs on another thread, which may have an umask of its own.</param>
    /// <param name="prepare">Does something to the child while it waits.</param>
    public static (int Error, Birth? Birth) Pass(Func<PosixSpawn.Barrier, (int Error, int Pid)> start, Action<Birth>? prepare = null)
    {
        if (!Free.Value!.TryTake(out var gate, FreeLimit)) return (Native.EAGAIN, null);
        try
        {
            return gate.PassHere(start, prepare);
        }
        finally
        {
            Free.Value.Add(gate);
        }
    }

    private (int Error, Birth? Birth) PassHere(Func<PosixSpawn.Barrier, (int Error, int Pid)> start, Action<Birth>? prepare)
    {
        using var wait = new Native.LeaseWait(out var thread);
        if (!Native.Lease(_barrier.Descriptor, thread)) return (Native.EAGAIN, null);
        Birth? birth = null;
        var (error, pid, isShort) = (0, 0, false);
        try
        {
            _spawner.Begin(() => start(_barrier));
            birth = Await(wait, out isShort);
            if (birth is not null) prepare?.Invoke(birth);
        }
        catch
        {
            birth?.Kill();
            throw;
        }
        finally
        {
            Native.EndLease(_barrier.Descriptor);
            // Until then the child may have the file open, and there could be no other lease of it.
            (error, pid) = _spawner.End();
        }
        if (error == 0 && birth?.Pid == pid) return (0, birth);
        birth?.Pidfd?.Dispose();
        if (error == 0)
        {
            // It went through before anybody had looked at it, so it must not be the program.
            error = Native.EAGAIN;
            // Unreaped, so the PID is its own; not so as PID 1, where the runtime reaps.
            if (Environment.ProcessId != 1) Native.Kill(pid, SignalNames.Kill);
            Native.Wait(Native.WaitForPid, pid, Native.WaitExited, out _);
        }
        return (isShort ? Native.EMFILE : error, null);
    }

    /// <summary>Waits until the thread's child is at the gate; null when the call failed before, or descriptors are too short to look.</summary>
    private Birth? Await(Native.LeaseWait wait, out bool isShort)
    {
        var began = Stopwatch.GetTimestamp();
        isShort = false;
        while (!_spawner.IsDone && !(isShort && Stopwatch.GetElapsedTime(began) > ShortLimit))
        {
            if (Native.IsLeaseAwaited(_barrier.Descriptor) && FindChild(out isShort) is { } birth) return birth;
            wait.Await(LookAgainMilliseconds);
        }
        return null;
    }

    /// <summary>
    /// The thread's last child, as long as it is no program: it has the thread's name then. The kernel's list may leave one out while others
    /// are reaped, and somebody else may have opened the file, so without this look it could be a service.
    /// </summary>
    private Birth? FindChild(out bool isShort)
    {
        isShort = false;
        SafePidfd? pidfd = null;
        try
        {
            if (ProcFs.LastChildOf(_spawner.Thread) is not { } pid) return null;
            // The descriptor first: then the look is at what it holds.
            pidfd = SafePidfd.Open(pid, out var error);
            if (ProcFs.Stat(pid) is { IsZombie: false } stat && stat.Parent == Environment.ProcessId && ProcFs.NameOf(pid) == Spawner.Name)
                return new Birth(pid, pidfd, error, stat);
        }
        catch (IOException)
        {
            isShort = true;
        }
        pidfd?.Dispose();
        return null;
    }

    /// <summary>Null where the kernel has not what it takes, or does not let a child open this process's files.</summary>
    private static BlockingCollection<BirthGate>? MakeAll()
    {
        if (!Native.IsDumpable() || !File.Exists($"/proc/self/task/{Native.CurrentThread()}/children")) return null;
        var gates = new BlockingCollection<BirthGate>();
        // A child that cannot close what it inherits has the files of other gates open, too, and their leases would not end with this process.
        var count = Native.HasCloseFrom ? Math.Min(Environment.ProcessorCount, MostGates) : 1;
        while (gates.Count < count && MakeBarrier() is { } barrier) gates.Add(new BirthGate(barrier, new Spawner()));
        return gates.Count > 0 ? gates : null;
    }

    private static PosixSpawn.Barrier? MakeBarrier()
    {
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

    /// <summary>A child at the gate.</summary>
    /// <param name="Pid">Its PID.</param>
    /// <param name="Pidfd">Null when it cannot be held, because of <paramref name="Error"/>.</param>
    /// <param name="Stat">What the kernel says of it.</param>
    public sealed record Birth(int Pid, SafePidfd? Pidfd, int Error, ProcStat Stat)
    {
        /// <summary>By its PID only when nothing holds it, and then at the gate, where nobody can have reaped it.</summary>
        public void Kill()
        {
            if (Pidfd is { } pidfd) pidfd.Signal(SignalNames.Kill);
            else Native.Kill(Pid, SignalNames.Kill);
        }
    }

    /// <summary>
    /// A thread that starts children, one at a time. It stays for ever, since the kernel takes its end for the death of their parent
    /// (PR_SET_PDEATHSIG).
    /// </summary>
    private sealed class Spawner
    {
        /// <summary>Also that of its children, until they are programs.</summary>
        public const string Name = "ziggie-births";

        private readonly AutoResetEvent _begun = new(false);
        private readonly AutoResetEvent _ended = new(false);
        private Func<(int Error, int Pid)>? _start;
        private (int Error, int Pid) _result;
        private ExceptionDispatchInfo? _failure;
        private volatile bool _isDone = true;

        public Spawner()
        {
            new Thread(Run) { IsBackground = true, Name = Name }.Start();
            _ended.WaitOne();
        }

        /// <summary>The kernel's number of it.</summary>
        public int Thread { get; private set; }

        /// <summary>Whether the call has returned, or was never made.</summary>
        public bool IsDone => _isDone;

        /// <summary>Makes the call; returns at once. <see cref="End"/> follows.</summary>
        public void Begin(Func<(int Error, int Pid)> start)
        {
            (_start, _failure, _isDone) = (start, null, false);
            _begun.Set();
        }

        /// <summary>Waits until the call has returned; its error and the child's PID.</summary>
        public (int Error, int Pid) End()
        {
            _ended.WaitOne();
            _failure?.Throw();
            return _result;
        }

        private void Run()
        {
            Thread = Native.CurrentThread();
            _ended.Set();
            while (true)
            {
                _begun.WaitOne();
                try
                {
                    _result = _start!();
                }
                catch (OutOfMemoryException)
                {
                    _result = (Native.ENOMEM, 0);
                }
                catch (Exception e)
                {
                    // It is whoever asked for the call that has failed, and not this thread.
                    _failure = ExceptionDispatchInfo.Capture(e);
                }
                (_start, _isDone) = (null, true);
                _ended.Set();
            }
        }
    }
}
