using Microsoft.JSInterop;

namespace Ziggie.Dashboard.Tests.Machine;

/// <summary>A browser that gives out its objects when a test wants it to, and remembers what it was asked for.</summary>
internal sealed class SlowScripts : IJSRuntime
{
    private readonly Lock _gate = new();
    private readonly Queue<TaskCompletionSource> _waiting = [];
    private readonly List<string> _called = [], _freed = [];

    public string[] Called
    {
        get
        {
            lock (_gate) return [.. _called];
        }
    }

    /// <summary>What made the objects that were let go of.</summary>
    public string[] Freed
    {
        get
        {
            lock (_gate) return [.. _freed];
        }
    }

    /// <summary>Gives out the object that has been waited for longest.</summary>
    public void Answer()
    {
        TaskCompletionSource waiting;
        lock (_gate) waiting = _waiting.Dequeue();
        waiting.SetResult();
    }

    public ValueTask<TValue> InvokeAsync<TValue>(string identifier, object?[]? args) => InvokeAsync<TValue>(identifier, CancellationToken.None, args);

    public async ValueTask<TValue> InvokeAsync<TValue>(string identifier, CancellationToken cancellationToken, object?[]? args)
    {
        var answer = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            _called.Add(identifier);
            if (typeof(TValue) != typeof(IJSObjectReference)) return default!;
            _waiting.Enqueue(answer);
        }
        await answer.Task;
        return (TValue)(object)new ScriptObject(this, identifier);
    }

    private sealed class ScriptObject(SlowScripts scripts, string maker) : IJSObjectReference
    {
        public ValueTask<TValue> InvokeAsync<TValue>(string identifier, object?[]? args) => scripts.InvokeAsync<TValue>(identifier, args);

        public ValueTask<TValue> InvokeAsync<TValue>(string identifier, CancellationToken cancellationToken, object?[]? args) =>
            scripts.InvokeAsync<TValue>(identifier, cancellationToken, args);

        public ValueTask DisposeAsync()
        {
            lock (scripts._gate) scripts._freed.Add(maker);
            return ValueTask.CompletedTask;
        }
    }
}
