using System.Threading.Channels;
using Ziggie.Actors;
using Ziggie.Actors.Live;

namespace Ziggie.Persistence.Tests.Support;

/// <summary>A feed that shows what a test tells it to.</summary>
internal sealed class FakeFeed(params ServiceView[] views) : IServiceFeed
{
    private readonly Lock _lock = new();
    private Channel<ServiceChange>? _channel;

    public ServiceSnapshot Current { get; private set; } = Views.Picture(1, views);

    public int Subscriptions { get; private set; }

    public FeedSubscription Subscribe(int capacity = 1024)
    {
        lock (_lock)
        {
            Subscriptions++;
            _channel = Channel.CreateUnbounded<ServiceChange>();
            return new FeedSubscription(Current, _channel.Reader, () => { });
        }
    }

    public void Show(ServiceView view) => Change(view.Name, view);

    public void Remove(string name) => Change(name, null);

    /// <summary>Drops the subscriber as too slow, and changes the picture before it can come back.</summary>
    public void Overrun(params ServiceView[] now)
    {
        lock (_lock)
        {
            Current = Views.Picture(Current.Sequence + 100, now);
            _channel!.Writer.Complete(new FeedOverrunException());
        }
    }

    private void Change(string name, ServiceView? view)
    {
        lock (_lock)
        {
            var services = view is null ? Current.Services.Remove(name) : Current.Services.SetItem(name, view);
            Current = new ServiceSnapshot(Current.Sequence + 1, services);
            _channel?.Writer.TryWrite(new ServiceChange(Current.Sequence, name, view));
        }
    }
}
