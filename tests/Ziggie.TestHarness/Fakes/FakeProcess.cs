using Ziggie.Processes;

namespace Ziggie.TestHarness.Fakes;

/// <summary>A process that exists only in the story.</summary>
public sealed class FakeProcess(ProcessIdentity identity, string runId, string service) : IServiceProcess
{
    // Continuations run at once, on the thread that ends the process: the story knows when everything has come to rest.
    private readonly TaskCompletionSource<ExitStatus> _exited = new();

    public ProcessIdentity Identity => identity;

    public string RunId => runId;

    public string Service => service;

    public Task<ExitStatus> Exited => _exited.Task;

    public bool IsAlive => !_exited.Task.IsCompleted;

    /// <summary>The signals that it got, in order.</summary>
    public List<int> Signals { get; } = [];

    /// <summary>Processes that it started, by PID; they outlive it until they are killed.</summary>
    public HashSet<int> Descendants { get; } = [];

    /// <summary>What it does with a signal; by default TERM and KILL end it at once.</summary>
    public Action<FakeProcess, int>? OnSignal { get; set; }

    public bool Signal(int signal)
    {
        if (!IsAlive) return false;
        Signals.Add(signal);
        if (signal == SignalNames.Kill) End(ExitStatus.Signaled(signal));
        else if (OnSignal is not null) OnSignal(this, signal);
        else if (signal == SignalNames.Terminate) End(ExitStatus.Signaled(signal));
        return true;
    }

    public void End(ExitStatus status)
    {
        // A test framework's context would send the continuations to the thread pool.
        var context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            _exited.TrySetResult(status);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
        }
    }

    public void Dispose() { }
}
