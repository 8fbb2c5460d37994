using System.Collections.Immutable;
using System.Net.WebSockets;
using System.Threading.Channels;
using Ziggie.Actors;
using Ziggie.Actors.Live;
using Ziggie.Actors.Resources;
using Ziggie.Api.Auth;
using Ziggie.Api.Contracts;

namespace Ziggie.Api.Live;

/// <summary>
/// One subscription of the feed for all WebSockets. A single loop owns the picture and the clients, so a client that joins gets a
/// snapshot and then exactly the changes after it.
/// </summary>
internal sealed class Broadcaster : BackgroundService
{
    private readonly IServiceFeed _feed;
    private readonly SocketSettings _settings;
    private readonly Tokens _tokens;
    private readonly UserDirectory _users;
    private readonly IResourceFeed _resources;
    private readonly LiveFigureSource _figures;
    private readonly TimeProvider _time;
    private readonly Channel<Action> _inbox = Channel.CreateUnbounded<Action>(new UnboundedChannelOptions { SingleReader = true });
    private readonly HashSet<SocketClient> _clients = [];
    private readonly List<SocketClient> _joining = [];
    private readonly SortedDictionary<string, ServiceView?> _changed = new(StringComparer.Ordinal);
    private ImmutableSortedDictionary<string, ServiceView> _services = ServiceSnapshot.Empty.Services;
    private int _clientCount;
    private long _sequence;
    private bool _isPictureNew;
    private bool _mustCheckTokens;

    public Broadcaster(
        IServiceFeed feed, IResourceFeed resources, LiveFigureSource figures, SocketSettings settings, Tokens tokens, UserDirectory users,
        TimeProvider time, IHostApplicationLifetime lifetime)
    {
        (_feed, _resources, _figures, _settings, _tokens, _users, _time) = (feed, resources, figures, settings, tokens, users, time);
        // Before the web server stops: it would wait for open WebSockets.
        lifetime.ApplicationStopping.Register(() => _inbox.Writer.TryComplete());
        _users.Changed += OnUsersChanged;
        _resources.Sampled += OnSampled;
    }

    /// <summary>WebSockets that are served now.</summary>
    public int Clients => Volatile.Read(ref _clientCount);

    /// <summary>The client's first message follows at once. False when the daemon is going down.</summary>
    public bool Join(SocketClient client) => _inbox.Writer.TryWrite(() =>
    {
        if (_clients.Add(client)) _joining.Add(client);
        Volatile.Write(ref _clientCount, _clients.Count);
    });

    public void Leave(SocketClient client) => _inbox.Writer.TryWrite(() =>
    {
        _clients.Remove(client);
        _joining.Remove(client);
        Volatile.Write(ref _clientCount, _clients.Count);
    });

    public override void Dispose()
    {
        _users.Changed -= OnUsersChanged;
        _resources.Sampled -= OnSampled;
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (!_inbox.Reader.Completion.IsCompleted)
            {
                using var subscription = _feed.Subscribe();
                (_services, _sequence) = (subscription.Snapshot.Services, subscription.Snapshot.Sequence);
                _isPictureNew = true;
                try
                {
                    await PumpAsync(subscription.Changes, stoppingToken);
                    if (subscription.Changes.Completion.IsCompleted) await subscription.Changes.Completion;
                    break;
                }
                catch (Exception e) when (e is FeedOverrunException || e.InnerException is FeedOverrunException)
                {
                    // Taken up again with a fresh picture, which every client gets.
                    _changed.Clear();
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The host goes down.
        }
        finally
        {
            _inbox.Writer.TryComplete();
            while (_inbox.Reader.TryRead(out var act)) act();
            foreach (var client in _clients) client.Close(WebSocketCloseStatus.EndpointUnavailable, "The daemon is stopping");
        }
    }

    private async Task PumpAsync(ChannelReader<ServiceChange> changes, CancellationToken stoppingToken)
    {
        var changesCame = changes.WaitToReadAsync(stoppingToken).AsTask();
        var inboxCame = _inbox.Reader.WaitToReadAsync(stoppingToken).AsTask();
        var lastSent = _time.GetTimestamp();
        while (true)
        {
            var sinceSent = _time.GetElapsedTime(lastSent);
            var isDue = _isPictureNew || sinceSent >= _settings.UpdateInterval || (_changed.Count > 0 && sinceSent >= SocketSettings.BatchWindow);
            if (isDue)
            {
                Send();
                lastSent = _time.GetTimestamp();
                _mustCheckTokens = true;
            }

            if (_joining.Count > 0) Welcome();
            if (_mustCheckTokens) await CheckTokensAsync();

            var wait = (_changed.Count > 0 ? SocketSettings.BatchWindow : _settings.UpdateInterval) - _time.GetElapsedTime(lastSent);
            if (wait > TimeSpan.Zero && !changesCame.IsCompleted && !inboxCame.IsCompleted) await WaitAsync(wait, changesCame, inboxCame, stoppingToken);

            if (inboxCame.IsCompleted)
            {
                if (!await inboxCame) return;
                while (_inbox.Reader.TryRead(out var act)) act();
                inboxCame = _inbox.Reader.WaitToReadAsync(stoppingToken).AsTask();
            }

            if (changesCame.IsCompleted)
            {
                if (!await changesCame) return;
                while (changes.TryRead(out var change)) Apply(change);
                changesCame = changes.WaitToReadAsync(stoppingToken).AsTask();
            }
        }
    }

    private async Task WaitAsync(TimeSpan wait, Task changesCame, Task inboxCame, CancellationToken stoppingToken)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        await Task.WhenAny(changesCame, inboxCame, Task.Delay(wait, _time, over.Token));
        over.Cancel();
        stoppingToken.ThrowIfCancellationRequested();
    }

    private void Apply(ServiceChange change)
    {
        _services = change.View is null ? _services.Remove(change.Name) : _services.SetItem(change.Name, change.View);
        _sequence = change.Sequence;
        _changed[change.Name] = change.View;
    }

    // The whole to those who want it each time, the changes to the others.
    private void Send()
    {
        var settled = _clients.Except(_joining).ToLookup(c => c.WantsChanges && !_isPictureNew);
        SendStatus(settled[false]);
        if (_changed.Count > 0 && settled[true].Any())
        {
            var message = SocketMessages.Changed(
                SocketMessages.Services(_changed.Values.OfType<ServiceView>(), _figures.Now()),
                _changed.Where(c => c.Value is null).Select(c => c.Key), _sequence);
            foreach (var client in settled[true]) client.Send(message);
        }

        _changed.Clear();
        _isPictureNew = false;
    }

    // Changes that wait for their batch must not reach a newcomer, whose snapshot has them already.
    private void Welcome()
    {
        if (_changed.Count > 0) Send();
        SendStatus(_joining);
        _joining.Clear();
    }

    private void SendStatus(IEnumerable<SocketClient> clients)
    {
        byte[]? services = null;
        foreach (var alike in clients.GroupBy(c => (c.User, c.WantsChanges)))
        {
            services ??= SocketMessages.Services(_services.Values, _figures.Now());
            var message = SocketMessages.Status(services, _time.GetUtcNow(), alike.Key.WantsChanges ? _sequence : null, alike.Key.User);
            foreach (var client in alike) client.Send(message);
        }
    }

    private async Task CheckTokensAsync()
    {
        _mustCheckTokens = false;
        var now = _time.GetUtcNow().UtcDateTime;
        foreach (var client in _clients)
        {
            if (client.Token is not { } token) continue;
            if (token.ExpiresAt <= now || !await _tokens.IsCurrentAsync(token.Principal))
                client.Close(WebSocketCloseStatus.PolicyViolation, SocketGuest.BadToken);
        }
    }

    // Newcomers have the figures in their snapshot, which they get before anything else.
    private void SendMetrics()
    {
        if (!_clients.Any(client => client.WantsMetrics) || _resources.Current is not { At: not null } picture) return;
        var message = SocketMessages.Metrics(_services.Values, picture);
        foreach (var client in _clients.Except(_joining).Where(client => client.WantsMetrics)) client.Send(message);
    }

    private void OnSampled() => _inbox.Writer.TryWrite(SendMetrics);

    private void OnUsersChanged() => _inbox.Writer.TryWrite(() => _mustCheckTokens = true);
}
