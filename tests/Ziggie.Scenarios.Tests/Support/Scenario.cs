using Xunit;

namespace Ziggie.Scenarios.Tests.Support;

/// <summary>A test with a home of its own, whose daemons may be killed.</summary>
public abstract class Scenario : IAsyncLifetime
{
    protected DaemonHome Home { get; } = new();

    public virtual Task InitializeAsync() => Task.CompletedTask;

    public virtual async Task DisposeAsync() => await Home.DisposeAsync();
}
