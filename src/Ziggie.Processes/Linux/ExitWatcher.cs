using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Ziggie.Processes.Linux;

/// <summary>
/// Waits for the end of every main process with one epoll thread, and reaps orphans. One for the whole operating-system process, however
/// many launchers it has, because waiting for children is a matter of the whole process.
/// </summary>
[SupportedOSPlatform("linux")]
internal sealed unsafe class ExitWatcher
{
    private const long WakeTicket = 0;
    private const int Batch = 64;
    private const int TickMilliseconds = 1000;

    /// <summary>
    /// So long the reaping of orphans waits for launches that are under way, and lets no new one begin. One may hang for ever, when the
    /// file system of its program does not answer.
    /// </summary>
    private const int GateMilliseconds = 50;

    private static readonly Lazy<ExitWatcher> Instance = new(() => new ExitWatcher());

    private readonly int _epoll = Check(Native.EpollCreate(Native.EventCloseOnExec));
    private readonly int _wake = Check(Native.EventDescriptor(0, Native.EventCloseOnExec | Native.EventNonBlocking));
    private readonly ConcurrentDictionary<long, LinuxProcess> _byTicket = new();
    private readonly ConcurrentDictionary<int, LinuxProcess> _byPid = new();
    private readonly OrphanReaper _orphans;
    private readonly PosixSignalRegistration _childSignal;
    private long _lastTicket;

    private ExitWatcher()
    {
        _orphans = new OrphanReaper(LiveMain);
        Native.EpollControl(_epoll, Native.EpollAdd, _wake, Native.EpollIn, WakeTicket);
        _childSignal = PosixSignalRegistration.Create(PosixSignal.SIGCHLD, _ => Wake());
        new Thread(Run) { IsBackground = true, Name = "ziggie-exits" }.Start();
        Wake();
    }

    public static ExitWatcher Shared => Instance.Value;

    /// <summary>
    /// Held for reading from before a child is made until it is watched, and for writing while orphans are reaped: between the two a
    /// child that ended at once would pass for an orphan and its status would be lost.
    /// </summary>
    public ReaderWriterLockSlim SpawnGate { get; } = new();

    /// <summary>The main process with this PID whose end has not been noticed; null when there is none.</summary>
    public LinuxProcess? LiveMain(int pid) => _byPid.GetValueOrDefault(pid);

    /// <summary>0, or the error for which the kernel cannot watch one more process.</summary>
    public int Watch(LinuxProcess process)
    {
        process.Unwatch = Remove;
        process.Ticket = Interlocked.Increment(ref _lastTicket);
        _byTicket[process.Ticket] = process;
        _byPid[process.Identity.Pid] = process;
        var error = process.Pidfd.Use(
            descriptor => Native.EpollControl(_epoll, Native.EpollAdd, descriptor, Native.EpollIn | Native.EpollOneShot, process.Ticket),
            closed: Native.ESRCH);
        if (error != 0) Forget(process);
        return error;
    }

    public void Forget(LinuxProcess process)
    {
        _byTicket.TryRemove(process.Ticket, out _);
        _byPid.TryRemove(KeyValuePair.Create(process.Identity.Pid, process));
    }

    private void Run()
    {
        var events = stackalloc byte[Batch * Native.EpollEventSize];
        List<LinuxProcess> unsettled = [];
        var lastTick = Environment.TickCount64;
        var isDue = false;
        while (true)
        {
            var quiet = unsettled.Count == 0 && !_orphans.IsWaiting && !isDue;
            var untilTick = Math.Max(0, lastTick + TickMilliseconds - Environment.TickCount64);
            var count = Native.EpollWait(_epoll, events, Batch, quiet ? -1 : (int)untilTick);
            var look = false;
            for (var index = 0; index < count; index++)
            {
                var ticket = Native.EpollValue(events, index);
                if (ticket == WakeTicket)
                {
                    long counter;
                    Native.Read(_wake, (byte*)&counter, sizeof(long));
                    look = true;
                }
                else if (_byTicket.TryGetValue(ticket, out var process) && !Settle(process))
                {
                    unsettled.Add(process);
                }
            }

            var isTick = Environment.TickCount64 - lastTick >= TickMilliseconds;
            if (isTick)
            {
                lastTick = Environment.TickCount64;
                unsettled.RemoveAll(Settle);
            }
            if (look || (isTick && (_orphans.IsWaiting || isDue))) isDue = !TryReapOrphans(isTick);
        }
    }

    /// <summary>
    /// Closing a descriptor takes it out of an epoll set only when nobody else holds what it stands for, and a keeper does: the number, given
    /// to the same process again, would then be refused.
    /// </summary>
    private void Remove(SafePidfd pidfd) => pidfd.Use(
        descriptor => Native.EpollControl(_epoll, Native.EpollRemove, descriptor, 0, 0), closed: 0);

    private bool Settle(LinuxProcess process)
    {
        try
        {
            if (!process.TrySettle()) return false;
        }
        catch (IOException)
        {
            return false; // no file descriptor left to look with; the next tick tries again
        }
        Forget(process);
        return true;
    }

    /// <summary>False when launches were in the way.</summary>
    private bool TryReapOrphans(bool isTick)
    {
        if (!SpawnGate.TryEnterWriteLock(GateMilliseconds)) return false;
        try
        {
            _orphans.Reap(isTick, Settle);
        }
        catch (IOException)
        {
            // as above; they stay zombies until the next SIGCHLD
        }
        finally
        {
            SpawnGate.ExitWriteLock();
        }
        return true;
    }

    private void Wake()
    {
        long one = 1;
        Native.Write(_wake, (byte*)&one, sizeof(long));
    }

    private static int Check(int descriptor)
    {
        if (descriptor < 0) throw new IOException($"Processes cannot be watched: {Marshal.GetLastPInvokeErrorMessage()}");
        Debug.Assert(descriptor > 2);
        return descriptor;
    }
}
