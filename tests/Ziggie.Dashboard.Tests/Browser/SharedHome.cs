using Xunit;
using Ziggie.Scenarios.Tests.Support;

namespace Ziggie.Dashboard.Tests.Browser;

/// <summary>One real daemon for the tests that leave it running; they give their services names of their own.</summary>
public sealed class SharedHome : IAsyncLifetime
{
    private RealDaemon? _daemon;

    internal DaemonHome Home { get; } = new();

    internal RealDaemon Daemon => _daemon!;

    public async Task InitializeAsync()
    {
        if (Chromium.Program is not null) _daemon = await Home.StartAsync();
    }

    public async Task DisposeAsync() => await Home.DisposeAsync();
}
