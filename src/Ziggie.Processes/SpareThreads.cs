namespace Ziggie.Processes;

/// <summary>
/// Threads of the pool, made while there is plenty. The runtime needs descriptors for a new thread, and the pool, which makes one whenever
/// work waits for too long, ends the program when it cannot: a program that runs others and has no descriptor left would not live.
/// </summary>
public static class SpareThreads
{
    /// <summary>More than the pool has been seen to use on a machine that was overloaded.</summary>
    public const int Count = 32;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Makes them, and leaves it to the pool, as ever, how many of them work at a time. They stay where the pool's time limit,
    /// <c>System.Threading.ThreadPool.ThreadTimeoutMs</c>, is off.
    /// </summary>
    public static void Make()
    {
        ThreadPool.GetMinThreads(out var least, out var leastPorts);
        ThreadPool.GetMaxThreads(out var most, out var mostPorts);
        if (least >= Count || most <= Count) return;
        ThreadPool.SetMinThreads(Count, leastPorts);
        // Each of them waits for the others, so each needs a thread of its own.
        using var all = new CountdownEvent(Count);
        using var ended = new CountdownEvent(Count);
        for (var n = 0; n < Count; n++)
        {
            ThreadPool.UnsafeQueueUserWorkItem(_ =>
            {
                all.Signal();
                all.Wait(Limit);
                ended.Signal();
            }, null);
        }
        ended.Wait();
        ThreadPool.SetMinThreads(least, leastPorts);
        // The pool goes on with the number that it was raised to, until it is told of a lower one.
        ThreadPool.SetMaxThreads(least, mostPorts);
        ThreadPool.SetMaxThreads(most, mostPorts);
    }
}
