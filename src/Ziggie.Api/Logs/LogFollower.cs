using Ziggie.Api.Auth;
using Ziggie.Processes.Output;

namespace Ziggie.Api.Logs;

/// <summary>
/// Reads a service's logs onwards for one client, at the client's pace: what it does not take stays in the files, and what is deleted
/// there meanwhile is a gap. So no client, however slow, costs more memory than a block.
/// </summary>
internal sealed class LogFollower(
    IOutputStore output, FollowSettings settings, Tokens tokens, TimeProvider time, IHostApplicationLifetime lifetime)
{
    private static readonly TimeSpan FarewellLimit = TimeSpan.FromSeconds(2);

    /// <param name="request">What to follow.</param>
    /// <param name="sink">Gets it.</param>
    /// <param name="token">Following ends with it; null for those who need none.</param>
    /// <param name="left">Cancelled when the client is gone.</param>
    /// <returns>Why it ended; what is pending in the sink is not flushed.</returns>
    /// <exception cref="OperationCanceledException">The client is gone, or did not read while the daemon stopped.</exception>
    public async Task<FollowEnd> RunAsync(FollowRequest request, ILogSink sink, TokenHolder? token, CancellationToken left)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(left, lifetime.ApplicationStopping);
        using var sending = CancellationTokenSource.CreateLinkedTokenSource(left);
        await using var stopping = lifetime.ApplicationStopping.Register(() => sending.CancelAfter(FarewellLimit));
        var position = request.Position is { } given
            ? LogPages.Within(output, request.Service, given)
            : LogPages.Start(output, request.Service, request.Lines, request.Streams);
        var logs = Open(request, position, over.Token);
        try
        {
            sink.Begin(position);
            return await PumpAsync(request, logs, position, sink, token, over.Token, sending.Token);
        }
        catch (OperationCanceledException) when (lifetime.ApplicationStopping.IsCancellationRequested && !sending.IsCancellationRequested)
        {
            return FollowEnd.Stopping;
        }
        finally
        {
            over.Cancel();
            foreach (var log in logs) await log.DisposeAsync();
        }
    }

    private async Task<FollowEnd> PumpAsync(
        FollowRequest request, IReadOnlyList<FollowedLog> logs, LogPosition position, ILogSink sink, TokenHolder? token,
        CancellationToken over, CancellationToken sending)
    {
        var lost = output.LostBytes(request.Service);
        var (ticked, flushed) = (time.GetTimestamp(), time.GetTimestamp());
        while (true)
        {
            if (logs.Where(log => log.HasLine).MinBy(log => log.Time) is { } next)
            {
                position = Take(next, position, request.ShowsStream, sink);
                if (sink.Pending < FollowSettings.Block) continue;
            }

            if (sink.Pending > 0)
            {
                await sink.FlushAsync(sending);
                flushed = time.GetTimestamp();
            }

            if (time.GetElapsedTime(ticked) >= FollowSettings.Tick)
            {
                ticked = time.GetTimestamp();
                if (!await IsGoodAsync(token)) return FollowEnd.TokenEnded;
                var lostNow = output.LostBytes(request.Service);
                if (lostNow > lost) sink.Gap(lostNow - lost, GapReason.NotWritten, position);
                lost = lostNow;
            }

            over.ThrowIfCancellationRequested();
            if (logs.Any(log => log.HasLine)) continue;
            if (logs.All(log => log.HasEnded)) return FollowEnd.Removed;
            if (time.GetElapsedTime(flushed) >= settings.KeepAlive) sink.KeepAlive();
            if (sink.Pending == 0) await WaitAsync(logs, over);
        }
    }

    private static LogPosition Take(FollowedLog log, LogPosition position, bool showsStream, ILogSink sink)
    {
        var entry = log.Take(out var missed);
        if (missed > 0) sink.Gap(missed, GapReason.Rotated, Moved(entry.Position));
        position = Moved(entry.End);
        sink.Line(entry, showsStream || log.IsError ? StreamParameter.NameOf(log.IsError) : null, position);
        return position;

        LogPosition Moved(long to) => log.IsError ? position with { Errors = to } : position with { Output = to };
    }

    private List<FollowedLog> Open(FollowRequest request, LogPosition position, CancellationToken over)
    {
        List<FollowedLog> logs = [];
        if (request.Streams.HasFlag(LogStreams.Output))
            logs.Add(new FollowedLog(output, request.Service, isError: false, position.Output, over));
        if (request.Streams.HasFlag(LogStreams.Errors))
            logs.Add(new FollowedLog(output, ErrorLog.Of(request.Service), isError: true, position.Errors, over));
        return logs;
    }

    private async Task WaitAsync(IReadOnlyList<FollowedLog> logs, CancellationToken over)
    {
        using var woken = CancellationTokenSource.CreateLinkedTokenSource(over);
        var tick = settings.KeepAlive < FollowSettings.Tick ? settings.KeepAlive : FollowSettings.Tick;
        await Task.WhenAny([.. logs.Where(log => !log.HasEnded).Select(log => log.Next), Task.Delay(tick, time, woken.Token)]);
        woken.Cancel();
    }

    private async ValueTask<bool> IsGoodAsync(TokenHolder? token) =>
        token is null || (token.ExpiresAt > time.GetUtcNow().UtcDateTime && await tokens.IsCurrentAsync(token.Principal));
}
