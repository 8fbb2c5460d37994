using Xunit;
using Ziggie.Actors.Live;
using Ziggie.Actors.Resources;
using Ziggie.Api.Tests.Support;
using Ziggie.Dashboard.Live;

namespace Ziggie.Dashboard.Tests.Services;

public sealed class LivePulseTests
{
    private readonly ServiceFeed _feed = new();
    private readonly Samples _samples = new();

    [Fact]
    public async Task Many_changes_make_few_pulses_and_the_last_one_is_never_missed()
    {
        using var pulse = new LivePulse(_feed, _samples);
        var (pulses, seen) = (0, 0L);
        using var listening = pulse.Listen(_ =>
        {
            Interlocked.Increment(ref pulses);
            Interlocked.Exchange(ref seen, _feed.Current.Sequence);
        });

        for (var n = 0; n < 20_000; n++) _feed.Publish(Views.Running($"s{n % 100}", n));

        await Wait.UntilAsync(() => Interlocked.Read(ref seen) == 20_000, "the picture after the last change was told of");
        Assert.InRange(pulses, 1, 1000);
    }

    [Fact]
    public async Task The_feed_is_followed_only_while_somebody_listens()
    {
        using var pulse = new LivePulse(_feed, _samples);
        var one = pulse.Listen(_ => { });
        var two = pulse.Listen(_ => { });
        await Wait.UntilAsync(() => _feed.Subscribers == 1, "all share one subscription");
        one.Dispose();
        two.Dispose();
        await Wait.UntilAsync(() => _feed.Subscribers == 0, "nobody follows any more");
        Assert.Equal(0, _samples.Listeners);
    }

    private sealed class Samples : IResourceFeed
    {
        public int Listeners { get; private set; }

        public ResourcePicture Current => ResourcePicture.Empty;

        public TimeSpan? Interval => null;

        public event Action? Sampled
        {
            add => Listeners++;
            remove => Listeners--;
        }

        public IReadOnlyList<UsagePoint> History(string name, DateTimeOffset since, int points) => [];
    }
}
