using Xunit;

namespace Ziggie.Scenarios.Tests.Support;

/// <summary>One daemon for all tests of a class, which give their services names of their own and leave the daemon alone.</summary>
public sealed class SharedDaemon : IAsyncLifetime
{
    private RealDaemon? _daemon;

    public DaemonHome Home { get; } = new();

    internal RealDaemon Daemon => _daemon!;

    public async Task InitializeAsync() => _daemon = await Home.StartAsync();

    public async Task DisposeAsync() => await Home.DisposeAsync();
}
