using System.Threading.Channels;

namespace Ziggie.Api.Config;

/// <summary>
/// Applies the daemon's file at the start and whenever it or what it includes has changed. The system's notices wake it; a slow look at
/// the files is the net below them. It waits until the files have come to rest, since editors write in several steps.
/// </summary>
internal sealed class ConfigWatch(ConfigSettings settings, ConfigFile file, ILogger<ConfigWatch> log) : BackgroundService
{
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(250);

    /// <summary>Some editors, and tools that copy files, remove one before they write it anew.</summary>
    private static readonly TimeSpan RestAfterLoss = TimeSpan.FromSeconds(2);

    /// <summary>The start waits for the file so long: what it says should be in the first answer, but a slow stop must not hold it up.</summary>
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(10);

    private readonly Channel<bool> _signs = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly TaskCompletionSource _first = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await base.StartAsync(cancellationToken);
        if (settings.Watch) await Task.WhenAny(_first.Task, Task.Delay(StartLimit, cancellationToken));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!settings.Watch) return;
        // The start of the daemon goes on only when this method first waits.
        await Task.Yield();
        using var folders = new FolderWatch(() => _signs.Writer.TryWrite(true), log);
        ConfigReading? applied = null;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                applied = await LookAsync(applied, folders, stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                log.LogError(e, "{File} could not be looked at; the next look is in {Poll}", settings.File, settings.Poll);
            }

            _first.TrySetResult();
            await NextSignAsync(stoppingToken);
        }
    }

    /// <summary>What is in force now; null when it should be tried again.</summary>
    private async Task<ConfigReading?> LookAsync(ConfigReading? applied, FolderWatch folders, CancellationToken stoppingToken)
    {
        // A folder that has just come, or a link that leads elsewhere now, is to be watched before anybody looks into it.
        if (applied is not null) folders.Watch(applied.Result.Files, applied.Result.Patterns);
        if (applied?.Files.IsStale == false) return applied;
        var reading = await ReadAtRestAsync(applied, stoppingToken);
        folders.Watch(reading.Result.Files, reading.Result.Patterns);
        return await file.ApplyAsync(reading, stoppingToken) ? reading : null;
    }

    private async Task<ConfigReading> ReadAtRestAsync(ConfigReading? applied, CancellationToken stoppingToken)
    {
        var reading = ConfigReading.Of(settings.File);
        if (applied is null) return reading;
        do
        {
            await Task.Delay(applied.Files.LostAny ? RestAfterLoss : Rest, stoppingToken);
            if (!reading.Files.IsStale) return reading;
            reading = ConfigReading.Of(settings.File);
        }
        while (true);
    }

    private async Task NextSignAsync(CancellationToken stoppingToken)
    {
        using var poll = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        poll.CancelAfter(settings.Poll);
        try
        {
            await _signs.Reader.ReadAsync(poll.Token);
        }
        catch (OperationCanceledException) when (!stoppingToken.IsCancellationRequested)
        {
            // Time for a look without a notice.
        }
    }
}
