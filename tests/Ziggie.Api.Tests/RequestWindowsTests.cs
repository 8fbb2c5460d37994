using Xunit;
using Ziggie.Api.RateLimits;

namespace Ziggie.Api.Tests;

public sealed class RequestWindowsTests
{
    private readonly Clock _clock = new();

    [Fact]
    public void So_many_are_let_through_in_a_minute_from_the_first_on_and_then_as_many_again()
    {
        var windows = new RequestWindows(_clock);
        Assert.True(windows.TryTake("a", 2, out _));
        _clock.Pass(40);
        Assert.True(windows.TryTake("a", 2, out _));
        Assert.False(windows.TryTake("a", 2, out var wait));
        Assert.Equal(TimeSpan.FromSeconds(20), wait);
        Assert.True(windows.TryTake("b", 2, out _));
        _clock.Pass(19);
        Assert.False(windows.TryTake("a", 2, out _));
        _clock.Pass(1);
        Assert.True(windows.TryTake("a", 2, out _));
        Assert.True(windows.TryTake("a", 2, out _));
        Assert.False(windows.TryTake("a", 2, out _));
    }

    [Fact]
    public void Who_does_not_come_again_is_forgotten()
    {
        var windows = new RequestWindows(_clock);
        for (var client = 0; client < 1000; client++) windows.TryTake($"client {client}", 1, out _);
        Assert.Equal(1000, windows.Count);
        _clock.Pass(60);
        windows.TryTake("another", 1, out _);
        Assert.Equal(1, windows.Count);
    }

    private sealed class Clock : TimeProvider
    {
        private long _now = 1;

        public override long TimestampFrequency => 1000;

        public override long GetTimestamp() => _now;

        public void Pass(int seconds) => _now += seconds * TimestampFrequency;
    }
}
