namespace Ziggie.Processes.Output;

/// <summary>Wakes everybody who waits at that moment. Take the task first, look second, await last: then nothing is missed.</summary>
internal sealed class Signal
{
    private TaskCompletionSource? _waiting;

    public Task Next()
    {
        if (Volatile.Read(ref _waiting) is { } waiting) return waiting.Task;
        var fresh = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return (Interlocked.CompareExchange(ref _waiting, fresh, null) ?? fresh).Task;
    }

    public void Pulse() => Interlocked.Exchange(ref _waiting, null)?.TrySetResult();
}
