using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Ziggie.Actors;
using Ziggie.Actors.Live;
using Ziggie.Persistence.Store;

namespace Ziggie.Persistence.Tables;

/// <summary>
/// Keeps the table <c>services</c> behind the live picture: all of it at first, then what changed, at most every
/// <see cref="Interval"/>. When the store fails, or changes come too fast, it begins again with the whole picture.
/// </summary>
public sealed partial class ServicesTableWriter(IServiceFeed feed, StoreConnections connections, ILogger<ServicesTableWriter> logger)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan FirstRetry = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LastRetry = TimeSpan.FromSeconds(30);

    private readonly ServicesTable _table = new(connections);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var retry = FirstRetry;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                using var subscription = feed.Subscribe();
                await _table.ReplaceAllAsync(subscription.Snapshot.Services.Values, stoppingToken);
                StoreDurability.Harden(connections.Options);
                retry = FirstRetry;
                await FollowAsync(subscription.Changes, stoppingToken);
                return;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (FeedOverrunException)
            {
                LogOverrun(logger);
            }
            catch (Exception e)
            {
                LogFailure(logger, e, retry);
                await Task.Delay(retry, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                retry = retry * 2 < LastRetry ? retry * 2 : LastRetry;
            }
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        try
        {
            await _table.ReplaceAllAsync(feed.Current.Services.Values, cancellationToken);
            StoreDurability.Harden(connections.Options);
        }
        catch (Exception e)
        {
            LogLastFailure(logger, e);
        }
    }

    private async Task FollowAsync(ChannelReader<ServiceChange> changes, CancellationToken stoppingToken)
    {
        var batch = new Dictionary<string, ServiceView?>(StringComparer.Ordinal);
        while (await changes.WaitToReadAsync(stoppingToken))
        {
            await Task.Delay(Interval, stoppingToken);
            while (changes.TryRead(out var change)) batch[change.Name] = change.View;
            await _table.ApplyAsync(batch, stoppingToken);
            StoreDurability.Harden(connections.Options);
            batch.Clear();
        }
    }

    [LoggerMessage(LogLevel.Information, "The table 'services' fell behind the live picture; it is written anew.")]
    private static partial void LogOverrun(ILogger logger);

    [LoggerMessage(LogLevel.Warning, "The table 'services' could not be written; the next try is in {Retry}. Services are not affected.")]
    private static partial void LogFailure(ILogger logger, Exception e, TimeSpan retry);

    [LoggerMessage(LogLevel.Warning, "The table 'services' could not be written at the end; the next start writes it.")]
    private static partial void LogLastFailure(ILogger logger, Exception e);
}
