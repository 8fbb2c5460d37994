using System.Diagnostics;
using System.Runtime.Versioning;

namespace Ziggie.Processes.Linux;

/// <summary>
/// Holds runs beyond the daemon's life. The kernel forgets what is in a FIFO when nobody has it open, and how a process ended when
/// nobody has a descriptor of it. So, as long as there are runs, a child that does nothing but sleep has all of these open. It is
/// replaced whenever they change, outlives a daemon that is killed, and hands everything to the next one. Where none comes, it goes by
/// itself after some days; while there is a daemon, a new one takes its place long before.
/// </summary>
/// <remarks>
/// What it holds is said in its environment and in the queue that it has open, and nowhere else, so there is no file that could disagree.
/// The new child is there before the old one is ended.
/// </remarks>
[SupportedOSPlatform("linux")]
internal sealed class RunKeeper : IDisposable
{
    /// <summary>Between two replacements, as a multiple of what the last one cost: a thousand starts must not mean a thousand of them.</summary>
    private const int Rest = 10;

    /// <summary>How long the end of a run is held on: until the daemon has surely stored it.</summary>
    private static readonly TimeSpan Afterwards = TimeSpan.FromSeconds(10);

    /// <summary>
    /// So long a replacement waits for more changes. What is in the queue is held already, and a service that crashes must not wait for its new
    /// process until a keeper has been exchanged.
    /// </summary>
    private static readonly TimeSpan Calm = TimeSpan.FromMilliseconds(500);

    /// <summary>A fifth of what it takes by default.</summary>
    private const int MostInQueue = 50;

    private static readonly TimeSpan ShortestRest = TimeSpan.FromMilliseconds(2);

    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(2);

    /// <summary>The clock of waiting stands still while the machine sleeps, that of <see cref="MachineClock"/> does not.</summary>
    private static readonly TimeSpan LongestLook = TimeSpan.FromHours(1);

    private readonly string _folder;
    private readonly LaunchMarks _marks;
    private readonly ReaderWriterLockSlim _spawnGate;
    private readonly TimeSpan _stays;
    private readonly KeptQueue? _queue = KeptQueue.Create();
    private readonly Lock _replacing = new();
    private readonly Lock _gate = new();
    private readonly Dictionary<string, KeptRun> _held = [];
    private readonly Queue<(TimeSpan Until, KeptRun Run)> _ended = [];
    private readonly Inheritance _inheritance;
    private readonly SemaphoreSlim _changed = new(0);
    private readonly Thread _thread;
    private int _launching;
    private SafePidfd? _child;
    private TimeSpan _renewAt;
    private bool _isBehind;
    private bool _isChanged;
    private bool _disposed;

    /// <param name="folder">Where the FIFOs are.</param>
    /// <param name="marks">Of a run that is held no longer, its mark is removed.</param>
    /// <param name="spawnGate">Held while a child is started, so that nobody reaps it in its first moment. Always taken before this object's own lock.</param>
    /// <param name="stays">How long the child stays without a daemon.</param>
    public RunKeeper(string folder, LaunchMarks marks, ReaderWriterLockSlim spawnGate, TimeSpan stays)
    {
        _folder = Path.GetFullPath(folder);
        _marks = marks;
        _spawnGate = spawnGate;
        _stays = stays;
        _inheritance = new Inheritance(KeeperChild.Find(_folder));
        Rehearse();
        _thread = new Thread(Run) { IsBackground = true, Name = "ziggie-keeper" };
        _thread.Start();
    }

    /// <summary>Before a launch: from now on there is a keeper whose queue takes the run. <see cref="Launched"/> follows in any case.</summary>
    public void Launching()
    {
        bool isThere;
        lock (_gate)
        {
            _launching++;
            isThere = _child is not null;
        }
        if (!isThere) Replace();
    }

    /// <summary>After a launch, whatever came of it.</summary>
    public void Launched()
    {
        lock (_gate)
        {
            _launching--;
            _isChanged = true;
        }
        _changed.Release();
    }

    /// <summary>Holds a run until its <see cref="Release"/>.</summary>
    public void Hold(LinuxProcess process, params ReadOnlySpan<string?> fifos)
    {
        if (process.Pidfd.Duplicate() is not { } pidfd) return;
        var run = new KeptRun(process.RunId, process.Identity.Pid, process.Identity.StartTime, pidfd);
        lock (_gate)
        {
            _queue?.Put(run, fifos);
            if (_held.Remove(run.RunId, out var before)) before.Pidfd.Dispose();
            _held[run.RunId] = run;
            _inheritance.Drop(run.RunId);
            _isChanged = true;
        }
        _changed.Release();
    }

    /// <summary>Its end is known: it is held for a while yet, by the keeper that is there.</summary>
    public void Release(string runId)
    {
        lock (_gate)
        {
            if (_disposed || !_held.Remove(runId, out var run)) return;
            _ended.Enqueue((MachineClock.SinceBoot + Afterwards, run));
        }
        _changed.Release();
    }

    /// <summary>Holds a run no longer, which has never been its program.</summary>
    public void Forget(string runId)
    {
        lock (_gate)
        {
            if (_held.Remove(runId, out var run)) run.Pidfd.Dispose();
            _isChanged = true;
        }
        _changed.Release();
    }

    /// <summary>Who it was that was launched for a run, dead or alive, by an earlier daemon or this one; null when it is held nowhere.</summary>
    public ProcessIdentity? IdentityOf(string runId)
    {
        lock (_gate) return _inheritance.IdentityOf(runId) ?? FindHere(runId)?.Identity;
    }

    /// <summary>A copy of the descriptor that is held of a run; the caller's.</summary>
    public SafePidfd? Take(string runId)
    {
        lock (_gate) return _inheritance.Take(runId) ?? FindHere(runId)?.Pidfd.Duplicate();
    }

    /// <summary>A run of this daemon's: its end may be asked for once more, when it could not be stored the first time.</summary>
    private KeptRun? FindHere(string runId) =>
        _held.GetValueOrDefault(runId) ?? _ended.Where(ended => ended.Run.RunId == runId).Select(ended => ended.Run).LastOrDefault();

    /// <summary>What no service asks for within some seconds is nobody's.</summary>
    public void ForgetUnclaimed()
    {
        lock (_gate) _inheritance.AllHaveAsked();
        _changed.Release();
    }

    /// <summary>Leaves the keeper behind when there are runs; whatever has ended is stored by now.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            (_disposed, _isChanged) = (true, true);
            _inheritance.Forget();
            while (_ended.TryDequeue(out var ended)) Drop(ended.Run);
        }
        _changed.Release();
        _thread.Join();
        foreach (var run in _held.Values) run.Pidfd.Dispose();
        _held.Clear();
        _inheritance.Dispose();
        _queue?.Dispose();
        _child?.Dispose();
    }

    /// <summary>
    /// Puts this process into the queue and takes it out again: the first real run must not wait for code to be compiled, since until it is
    /// in the queue nobody else holds it.
    /// </summary>
    private void Rehearse()
    {
        if (_queue is null || SafePidfd.Open(Environment.ProcessId, out _) is not { } own) return;
        _queue.Put(new KeptRun("rehearsal", Environment.ProcessId, 0, own), ["/dev/null"]);
        _queue.Drop(_queue.Count);
        own.Dispose();
    }

    private void Run()
    {
        while (true)
        {
            if (_changed.Wait(UntilNextLook())) LetOthersCome();
            while (_changed.Wait(0)) { }
            var began = Stopwatch.GetTimestamp();
            bool isLast, isChanged;
            lock (_gate) (isLast, isChanged, _isChanged) = (_disposed, _isChanged, false);
            if (DropOld() || isChanged || _isBehind || IsChildOld()) Replace();
            if (isLast) return;
            var rest = Stopwatch.GetElapsedTime(began) * Rest;
            Thread.Sleep(rest > ShortestRest ? rest : ShortestRest);
        }
    }

    private void LetOthersCome()
    {
        var began = Stopwatch.GetTimestamp();
        while (_queue is { Count: < MostInQueue } && Calm - Stopwatch.GetElapsedTime(began) is var left && left > TimeSpan.Zero)
        {
            lock (_gate) if (_disposed) return;
            _changed.Wait(left);
        }
    }

    private TimeSpan UntilNextLook()
    {
        lock (_gate)
        {
            if (_isBehind || _ended.Count > 0 || _inheritance.IsLeft) return LookAgain;
            if (_child is null) return Timeout.InfiniteTimeSpan;
            var left = _renewAt - MachineClock.SinceBoot;
            return left < TimeSpan.Zero ? TimeSpan.Zero : left < LongestLook ? left : LongestLook;
        }
    }

    private bool IsChildOld()
    {
        lock (_gate) return _child is not null && _renewAt <= MachineClock.SinceBoot;
    }

    private bool DropOld()
    {
        var now = MachineClock.SinceBoot;
        lock (_gate)
        {
            var dropped = _inheritance.ForgetUnclaimed(now);
            if (dropped) _marks.RemoveOthers(_held.Keys.Concat(_ended.Select(ended => ended.Run.RunId)).ToHashSet());
            while (_ended.TryPeek(out var ended) && ended.Until <= now)
            {
                Drop(_ended.Dequeue().Run);
                dropped = true;
            }
            return dropped;
        }
    }

    /// <summary>Its end is stored by now.</summary>
    private void Drop(KeptRun run)
    {
        run.Pidfd.Dispose();
        if (!_held.ContainsKey(run.RunId)) _marks.Remove(run.RunId);
    }

    private void Replace()
    {
        lock (_replacing)
        {
            var before = _child;
            _spawnGate.EnterReadLock();
            try
            {
                lock (_gate)
                {
                    var inQueue = _queue?.Count ?? 0;
                    // What nobody has asked for yet is held on: its service may come later.
                    List<KeptRun> runs = [.. _held.Values, .. _inheritance.Runs, .. _ended.Select(ended => ended.Run)];
                    var isNeeded = _queue is not null && (runs.Count > 0 || _launching > 0);
                    var child = isNeeded ? KeeperChild.Start(_folder, _queue!, runs, _stays) : null;
                    // No room for a new one now: the old one is better than none.
                    _isBehind = isNeeded && child is null;
                    if (_isBehind) return;
                    _child = child;
                    _renewAt = MachineClock.SinceBoot + (_stays / 2);
                    _queue?.Drop(inQueue);
                }
            }
            finally
            {
                _spawnGate.ExitReadLock();
            }
            if (before is not null) KeeperChild.End(before);
            lock (_gate) _inheritance.EndKeepers();
        }
    }
}
