using Ziggie.Api.Hosting;

namespace Ziggie.Api.Tests.Fakes;

/// <summary>Services whose stop takes until the test says so.</summary>
internal sealed class FakeShutdown : IDaemonShutdown
{
    private readonly TaskCompletionSource _called = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _calls;

    public Task Called => _called.Task;

    public int Calls => Volatile.Read(ref _calls);

    public Task Gate { get; set; } = Task.CompletedTask;

    public Task StopServicesAsync(bool keep)
    {
        Interlocked.Increment(ref _calls);
        _called.TrySetResult();
        return Gate;
    }
}
