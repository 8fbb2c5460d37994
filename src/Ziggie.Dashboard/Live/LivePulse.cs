using System.Threading.Channels;
using Ziggie.Actors.Live;
using Ziggie.Actors.Resources;

namespace Ziggie.Dashboard.Live;

/// <summary>
/// Tells open pages that the live picture or the samples have changed, at most four times a second for all of them together: a thousand
/// services that change at once make one pulse. Follows the feed only while somebody listens.
/// </summary>
public sealed class LivePulse(IServiceFeed feed, IResourceFeed resources) : IDisposable
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(250);

    private readonly Lock _gate = new();
    private readonly HashSet<Action<Pulse>> _listeners = [];
    private CancellationTokenSource? _following;

    /// <summary>Calls back on a thread of the pool until the result is disposed of. The listener must return at once.</summary>
    public IDisposable Listen(Action<Pulse> listener)
    {
        lock (_gate)
        {
            _listeners.Add(listener);
            if (_following is null)
            {
                _following = new CancellationTokenSource();
                resources.Sampled += OnSampled;
                _ = FollowAsync(_following.Token);
            }
        }
        return new Listening(this, listener);
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _listeners.Clear();
            Rest();
        }
    }

    private async Task FollowAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (!cancellationToken.IsCancellationRequested)
            {
                using var subscription = feed.Subscribe(capacity: 4096);
                // Also after having been dropped: the picture has changed by then.
                Tell(Pulse.Services);
                await FollowAsync(subscription.Changes, cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
            // Nobody listens any more.
        }
    }

    private async Task FollowAsync(ChannelReader<ServiceChange> changes, CancellationToken cancellationToken)
    {
        try
        {
            while (await changes.WaitToReadAsync(cancellationToken))
            {
                while (changes.TryRead(out _)) { }
                Tell(Pulse.Services);
                await Task.Delay(Pace, cancellationToken);
            }
        }
        catch (FeedOverrunException)
        {
            // More changed than fits; the next subscription begins with the picture as it is.
        }
    }

    private void OnSampled() => Tell(Pulse.Samples);

    private void Tell(Pulse pulse)
    {
        Action<Pulse>[] listeners;
        lock (_gate) listeners = [.. _listeners];
        foreach (var listener in listeners) listener(pulse);
    }

    private void Leave(Action<Pulse> listener)
    {
        lock (_gate)
        {
            _listeners.Remove(listener);
            if (_listeners.Count == 0) Rest();
        }
    }

    private void Rest()
    {
        if (_following is null) return;
        resources.Sampled -= OnSampled;
        _following.Cancel();
        _following.Dispose();
        _following = null;
    }

    private sealed class Listening(LivePulse pulse, Action<Pulse> listener) : IDisposable
    {
        public void Dispose() => pulse.Leave(listener);
    }
}

/// <summary>What has changed.</summary>
public enum Pulse { Services, Samples }
