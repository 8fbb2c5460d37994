using System.Data.Common;
using Ziggie.Persistence.History;

namespace Ziggie.Api.Record;

/// <summary>Takes out of the history what is older than <c>History:KeepFor</c>: soon after the start, and then again and again.</summary>
internal sealed class HistoryLimit(HistoryPruner pruner, HistorySettings settings, TimeProvider time, ILogger<HistoryLimit> log) : BackgroundService
{
    /// <summary>The start has enough to do.</summary>
    public static readonly TimeSpan First = TimeSpan.FromMinutes(1);

    public static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (settings.KeepFor is not { } keep) return;
        try
        {
            await Task.Delay(First, time, stoppingToken);
            while (true)
            {
                await PruneAsync(time.GetUtcNow() - keep, stoppingToken);
                await Task.Delay(Interval, time, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The daemon stops.
        }
    }

    private async Task PruneAsync(DateTimeOffset before, CancellationToken stoppingToken)
    {
        try
        {
            var gone = await pruner.PruneAsync(before, stoppingToken);
            if (gone > 0) log.LogInformation("Took {Count} entries from before {Before:u} out of the history.", gone, before);
        }
        catch (DbException e)
        {
            log.LogWarning("Old history stays for now: {Reason}", e.Message);
        }
    }
}
