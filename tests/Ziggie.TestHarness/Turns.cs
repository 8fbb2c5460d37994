using System.Diagnostics;
using Akka.Configuration;
using Akka.Dispatch;

namespace Ziggie.TestHarness;

/// <summary>
/// Runs all actors one after the other. While a story lets time pass they run on its own thread: a virtual day has many thousands of turns,
/// and on a busy machine each that waits for another thread takes milliseconds. Otherwise they run on the thread pool.
/// </summary>
internal sealed class Turns
{
    private readonly object _gate = new();
    private readonly Queue<IRunnable> _queue = new();
    private bool _isTaken;

    public void Add(IRunnable turn)
    {
        lock (_gate)
        {
            _queue.Enqueue(turn);
            if (_isTaken)
            {
                Monitor.PulseAll(_gate);
                return;
            }
            _isTaken = true;
        }
        ThreadPool.UnsafeQueueUserWorkItem(static turns => turns.RunThenLeave(), this, preferLocal: false);
    }

    /// <summary>Does something, and until it is done every turn is taken by this thread.</summary>
    public void Hold(Action story)
    {
        lock (_gate)
        {
            while (_isTaken) Monitor.Wait(_gate);
            _isTaken = true;
        }
        // A test framework's context would have a say in where an actor goes on.
        var context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            story();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
            RunThenLeave();
        }
    }

    /// <summary>For the one that holds the turns: takes them until it is so; false when that takes longer than the limit.</summary>
    public bool RunUntil(Func<bool> condition, TimeSpan limit)
    {
        var began = Stopwatch.GetTimestamp();
        while (true)
        {
            while (Next() is { } turn) turn.Run();
            if (condition()) return true;
            if (Stopwatch.GetElapsedTime(began) > limit) return false;
            lock (_gate)
            {
                // What it waits for may also come from a thread that takes no turn.
                if (_queue.Count == 0) Monitor.Wait(_gate, 1);
            }
        }
    }

    private void RunThenLeave()
    {
        while (true)
        {
            while (Next() is { } turn) turn.Run();
            lock (_gate)
            {
                if (_queue.Count > 0) continue;
                _isTaken = false;
                Monitor.PulseAll(_gate);
                return;
            }
        }
    }

    private IRunnable? Next()
    {
        lock (_gate) return _queue.TryDequeue(out var turn) ? turn : null;
    }

    private sealed class Service(string id, Turns turns) : ExecutorService(id)
    {
        public override void Execute(IRunnable run) => turns.Add(run);

        public override void Shutdown() { }
    }

    /// <summary>Named in the configuration of each dispatcher; they all share the turns of the system's scheduler.</summary>
    internal sealed class Executor(Config config, IDispatcherPrerequisites prerequisites) : ExecutorServiceConfigurator(config, prerequisites)
    {
        public override ExecutorService Produce(string id) => new Service(id, ((VirtualScheduler)Prerequisites.Scheduler).Turns);
    }
}
