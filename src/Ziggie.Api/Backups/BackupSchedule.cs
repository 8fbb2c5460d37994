using Ziggie.Api.Record;
using Ziggie.Persistence;
using Ziggie.Persistence.History;
using Ziggie.Persistence.Store;

namespace Ziggie.Api.Backups;

/// <summary>A backup of the store each day. A failed one is said and tried again within the hour.</summary>
internal sealed class BackupSchedule(StoreBackup backups, AuditLog audit, TimeProvider time, ILogger<BackupSchedule> log)
    : BackgroundService
{
    public static readonly TimeSpan Interval = TimeSpan.FromHours(24);

    private static readonly TimeSpan RetryAfter = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!backups.IsSupported) return;
        try
        {
            while (true)
            {
                var wait = Wait();
                if (wait <= TimeSpan.Zero) wait = await MakeAsync(stoppingToken);
                await Task.Delay(wait, time, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The daemon stops.
        }
    }

    /// <summary>Until the next one; none when the last is a day old, or is of a time that is yet to come.</summary>
    private TimeSpan Wait()
    {
        if (backups.List().Select(StoreBackup.TimeOf).Max() is not { } last) return TimeSpan.Zero;
        var age = time.GetUtcNow() - last;
        return age < -Interval ? TimeSpan.Zero : Interval - age;
    }

    private async Task<TimeSpan> MakeAsync(CancellationToken stoppingToken)
    {
        try
        {
            var file = await backups.CreateAsync(stoppingToken);
            log.LogInformation("Backup {File}", file);
            await audit.ByDaemonAsync(AuditKinds.BackupCreated, $"The daily backup {Path.GetFileName(file)} was made.");
            return Interval;
        }
        catch (StoreException e)
        {
            log.LogError("The daily backup failed: {Reason}", e.Message);
            return RetryAfter;
        }
    }
}
