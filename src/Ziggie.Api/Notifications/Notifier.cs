using Ziggie.Actors.Live;
using Ziggie.Persistence.History;
using Ziggie.Processes.Output;

namespace Ziggie.Api.Notifications;

/// <summary>
/// Reads the journal as it grows and hands to each target what it wants to know. The live picture only says when there is something to
/// read: what a daemon did not come to tell is told by the next one, and nothing twice.
/// </summary>
internal sealed class Notifier(
    NotificationSettings settings, IServiceProvider services, IServiceFeed feed, IOutputStore output, Senders senders,
    NotificationCounts counts, TimeProvider time, ILogger<Notifier> log)
    : BackgroundService
{
    /// <summary>For changes that come together to be read together.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    /// <summary>Also without a change of the picture: an event may become readable after it.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (settings.Targets.IsEmpty || services.GetService<IJournalTail>() is not { } tail) return;
        TargetQueue[] queues = [.. settings.Targets.Select(t => new TargetQueue(t, senders.For(t), tail, counts, time, log))];
        var position = await BeginAsync(queues, tail, stoppingToken);
        await Task.WhenAll([FollowAsync(queues, tail, position, stoppingToken), .. queues.Select(q => RunAsync(q, stoppingToken))]);
    }

    private async Task<long> BeginAsync(TargetQueue[] queues, IJournalTail tail, CancellationToken stoppingToken)
    {
        while (true)
        {
            try
            {
                var end = await tail.LastAsync(stoppingToken);
                var first = end;
                foreach (var queue in queues) first = Math.Min(first, await queue.BeginAsync(end, stoppingToken));
                return first;
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                log.LogError(e, "Notifications wait for the store");
                await Task.Delay(AfterFailure, time, stoppingToken);
            }
        }
    }

    private async Task RunAsync(TargetQueue queue, CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await queue.RunAsync(stoppingToken);
            }
            catch (Exception e)
            {
                log.LogError(e, "Telling {Target} failed; it goes on in a moment", queue.Target.Name);
                await Task.Delay(AfterFailure, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task FollowAsync(TargetQueue[] queues, IJournalTail tail, long position, CancellationToken stoppingToken)
    {
        while (true)
        {
            // Subscribed before it is read: what comes meanwhile is a change after this.
            using var changes = feed.Subscribe(capacity: 1);
            try
            {
                var read = await tail.ReadAsync(position, stoppingToken);
                foreach (var happened in read.Events) Hand(queues, happened);
                if (read.Position != position) Array.ForEach(queues, q => q.Add(read.Position, null));
                position = read.Position;
                if (read.HasMore) continue;
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                log.LogError(e, "The journal cannot be read, so nobody is told anything; the next try is in {Wait}", AfterFailure);
                await Task.Delay(AfterFailure, time, stoppingToken);
                continue;
            }
            await ChangeAsync(changes, stoppingToken);
            await Task.Delay(Pause, time, stoppingToken);
        }
    }

    private async Task ChangeAsync(FeedSubscription changes, CancellationToken stoppingToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        limit.CancelAfter(Longest);
        try
        {
            await changes.Changes.WaitToReadAsync(limit.Token);
        }
        catch (Exception e) when (e is FeedOverrunException || (e is OperationCanceledException && !stoppingToken.IsCancellationRequested))
        {
            // More than one change, or none for a while: either way it is time to read.
        }
    }

    private void Hand(TargetQueue[] queues, TailedEvent happened)
    {
        foreach (var queue in queues)
        {
            if (NotificationEvents.Of(happened, queue.Target) is not { } kind || !IsWanted(queue.Target, happened.Entry.Service)) continue;
            queue.Add(happened.Position, Of(happened, kind, queue.Target));
        }
    }

    private bool IsWanted(NotificationTarget target, string? service)
    {
        if (target.Services.IsEmpty && target.Groups.IsEmpty) return true;
        if (service is not null && target.Services.Contains(service)) return true;
        return GroupsOf(service).Any(g => target.Groups.Contains(g, StringComparer.OrdinalIgnoreCase));
    }

    private IReadOnlyList<string> GroupsOf(string? service) =>
        service is not null && feed.Current.Services.TryGetValue(service, out var view) ? view.Groups : [];

    private Notification Of(TailedEvent happened, string kind, NotificationTarget target)
    {
        var entry = happened.Entry;
        return new Notification(
            $"{entry.Id}-{kind}", kind, entry.At.UtcDateTime, Environment.MachineName, entry.Service, GroupsOf(entry.Service), entry.Message,
            entry.Run, entry.Pid, entry.Code, entry.Signal, 0, LogsOf(entry.Service, target.LogLines));
    }

    private IReadOnlyList<string>? LogsOf(string? service, int lines)
    {
        if (lines == 0 || service is null) return null;
        try
        {
            return [.. output.Read(service, new LogQuery { Lines = lines }).Entries.Select(e => e.Text)];
        }
        catch (IOException)
        {
            return null;
        }
    }
}
