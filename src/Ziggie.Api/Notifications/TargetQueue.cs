using System.Threading.Channels;
using Ziggie.Persistence.History;

namespace Ziggie.Api.Notifications;

/// <summary>
/// What one target is still to be told, in order. Nobody waits for it: what does not fit any more is dropped and counted. How far it has
/// come is kept in the store, so that a daemon that is killed goes on there.
/// </summary>
internal sealed class TargetQueue(
    NotificationTarget target, INotificationSender sender, IJournalTail tail, NotificationCounts counts, TimeProvider time, ILogger log)
{
    private const int Capacity = 1000;

    private static readonly TimeSpan SaveInterval = TimeSpan.FromSeconds(1);

    private readonly Channel<(long Position, Notification? Notification)> _queue =
        Channel.CreateBounded<(long, Notification?)>(new BoundedChannelOptions(Capacity) { SingleReader = true });

    private readonly FlappingGate _gate = new(target.MinInterval);
    private long _handled;
    private long _saved;
    private long _savedAt;
    private readonly DateTimeOffset _began = time.GetUtcNow();
    private readonly long _beganAt = time.GetTimestamp();

    public NotificationTarget Target => target;

    /// <summary>A time that only goes forward: a wall clock that is set back must not hold anything up.</summary>
    private DateTimeOffset Steady => _began + time.GetElapsedTime(_beganAt);

    /// <summary>Where the last daemon stopped telling; a target that is new is told of what comes.</summary>
    public async Task<long> BeginAsync(long end, CancellationToken cancellationToken)
    {
        _handled = _saved = await tail.FindPositionAsync(target.PositionName, cancellationToken) ?? -1;
        if (_saved < 0)
        {
            _handled = end;
            await SaveAsync(cancellationToken);
        }
        return _handled;
    }

    /// <summary>Everything up to this position has been handed over; the notification, if there is one, belongs to it.</summary>
    public void Add(long position, Notification? notification)
    {
        if (position <= _handled || _queue.Writer.TryWrite((position, notification)) || notification is null) return;
        counts.AddDropped();
        log.LogWarning("{Target} is {Count} notifications behind; not told: {Event} of {Service}",
            target.Name, Capacity, notification.Event, notification.Service);
    }

    public async Task RunAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                await WaitAsync(stoppingToken);
                while (_queue.Reader.TryRead(out var next))
                {
                    if (next.Notification is { } asked && _gate.Admit(asked, Steady) is { } told)
                        await TellAsync(told, stoppingToken);
                    _handled = next.Position;
                    if (time.GetElapsedTime(_savedAt) > SaveInterval) await SaveAsync(stoppingToken);
                }
                foreach (var due in _gate.Due(Steady)) await TellAsync(due, stoppingToken);
                await SaveAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            await EndAsync();
        }
    }

    /// <summary>Until something is queued or due.</summary>
    private async Task WaitAsync(CancellationToken stoppingToken)
    {
        var queued = _queue.Reader.WaitToReadAsync(stoppingToken).AsTask();
        if (_gate.NextDue() is not { } due)
        {
            await queued;
            return;
        }
        var wait = due - Steady;
        if (wait > TimeSpan.Zero) await Task.WhenAny(queued, Task.Delay(wait, time, stoppingToken));
        stoppingToken.ThrowIfCancellationRequested();
    }

    private async Task TellAsync(Notification notification, CancellationToken stoppingToken)
    {
        var delay = target.RetryDelay;
        for (var attempt = 0; ; attempt++)
        {
            if (await sender.SendAsync(target, notification, stoppingToken) is not { } failure)
            {
                counts.AddSent();
                return;
            }
            counts.AddFailedAttempt();
            if (!failure.MayPass || attempt >= target.Retries)
            {
                counts.AddDropped();
                log.LogError("{Target} was not told of {Event} of {Service}, after {Attempts} attempts: {Reason}",
                    target.Name, notification.Event, notification.Service, attempt + 1, failure.Reason);
                return;
            }
            var wait = failure.After is { } after && after < NotificationTarget.LongestDelay && after > delay ? after : delay;
            log.LogWarning("{Target} was not told of {Event} of {Service}; the next attempt is in {Wait}: {Reason}",
                target.Name, notification.Event, notification.Service, wait, failure.Reason);
            await Task.Delay(wait, time, stoppingToken);
            delay = delay * 2 < NotificationTarget.LongestDelay ? delay * 2 : NotificationTarget.LongestDelay;
        }
    }

    /// <summary>What was held back is told now, in one attempt; the rest is the next daemon's.</summary>
    private async Task EndAsync()
    {
        using var limit = new CancellationTokenSource(target.Timeout);
        try
        {
            foreach (var held in _gate.Due(Steady, all: true)) await sender.SendAsync(target, held, limit.Token);
            await SaveAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            log.LogWarning("{Target} was not told everything before the daemon stopped", target.Name);
        }
    }

    private async Task SaveAsync(CancellationToken cancellationToken)
    {
        if (_handled == _saved) return;
        await tail.SavePositionAsync(target.PositionName, _handled, cancellationToken);
        _saved = _handled;
        _savedAt = time.GetTimestamp();
    }
}
