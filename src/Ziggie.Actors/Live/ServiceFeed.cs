using System.Threading.Channels;

namespace Ziggie.Actors.Live;

/// <summary>
/// The one place where the picture is replaced. Actors publish after they have stored; nobody ever waits for a subscriber.
/// </summary>
public sealed class ServiceFeed : IServiceFeed
{
    private readonly Lock _gate = new();
    private readonly List<Channel<ServiceChange>> _subscribers = [];
    private volatile ServiceSnapshot _current = ServiceSnapshot.Empty;

    public ServiceSnapshot Current => _current;

    /// <summary>Those who follow it now.</summary>
    public int Subscribers
    {
        get
        {
            lock (_gate) return _subscribers.Count;
        }
    }

    public void Publish(ServiceView view) => Replace(view.Name, view);

    public void Remove(string name) => Replace(name, null);

    public FeedSubscription Subscribe(int capacity = 1024)
    {
        var channel = Channel.CreateBounded<ServiceChange>(new BoundedChannelOptions(capacity) { SingleReader = true });
        lock (_gate)
        {
            _subscribers.Add(channel);
            return new FeedSubscription(_current, channel.Reader, () => Leave(channel));
        }
    }

    private void Replace(string name, ServiceView? view)
    {
        lock (_gate)
        {
            var services = view is null ? _current.Services.Remove(name) : _current.Services.SetItem(name, view);
            if (ReferenceEquals(services, _current.Services)) return;
            _current = new ServiceSnapshot(_current.Sequence + 1, services);
            var change = new ServiceChange(_current.Sequence, name, view);
            _subscribers.RemoveAll(channel => !TryPass(channel, change));
        }
    }

    private static bool TryPass(Channel<ServiceChange> channel, ServiceChange change)
    {
        if (channel.Writer.TryWrite(change)) return true;
        channel.Writer.TryComplete(new FeedOverrunException());
        return false;
    }

    private void Leave(Channel<ServiceChange> channel)
    {
        lock (_gate) _subscribers.Remove(channel);
        channel.Writer.TryComplete();
    }
}
