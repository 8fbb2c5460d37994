namespace Ziggie.Dashboard.Model.Logs;

public sealed partial class LogSession
{
    /// <summary>New lines are counted up to here.</summary>
    public const int MostCounted = 1_000;

    private const int Batch = 500, FloodLines = 1_000;

    /// <summary>What came since the last look is shown together, no more often than this.</summary>
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(200), CountingPace = TimeSpan.FromSeconds(1);

    /// <summary>While more comes than is shown nobody reads along, and a browser has other things to do.</summary>
    private static readonly TimeSpan FloodPace = TimeSpan.FromMilliseconds(500);

    private readonly SemaphoreSlim _nudge = new(0);
    private long[]? _counted;
    private bool _isHidden;
    private bool _isTorn;
    private bool _isFlood;

    /// <summary>Follows the end or lets go of it, as somebody wished.</summary>
    public async Task PauseAsync(bool isPaused)
    {
        if (!isPaused)
        {
            await ToNewestAsync();
            _nudge.Release();
            return;
        }
        await DoAsync(async _ =>
        {
            Tell(Status with { IsFollowing = false, IsPaused = true });
            await TellEdgesAsync();
        });
        _nudge.Release();
    }

    /// <summary>The view was scrolled away from the end, or back to it.</summary>
    public async Task ScrolledAsync(bool isAtEnd)
    {
        if (isAtEnd && (Status.IsPaused || Status.IsFollowing || !_atNewest || _filter.Until is not null)) return;
        await DoAsync(async _ =>
        {
            Tell(Status with { IsFollowing = isAtEnd, NewLines = isAtEnd ? 0 : Status.NewLines });
            await TellEdgesAsync();
        });
        _nudge.Release();
    }

    /// <summary>Whether it waits to be seen again.</summary>
    internal bool IsResting { get; private set; }

    /// <summary>Nothing is read for a page that nobody sees.</summary>
    public void Hide(bool isHidden)
    {
        _isHidden = isHidden;
        _nudge.Release();
    }

    private async Task RunAsync(CancellationToken token)
    {
        try
        {
            while (_filter.Until is null)
            {
                await WaitAsync(token);
                if (_isHidden) continue;
                // Decided when it is its turn: somebody may have paused it meanwhile.
                await DoAsync(() => Status.IsFollowing ? FollowAsync(token) : CountAsync(token), token);
                await Task.Delay(!Status.IsFollowing ? CountingPace : _isFlood ? FloodPace : Pace, time, token);
            }
        }
        catch (OperationCanceledException) when (token.IsCancellationRequested)
        {
            // Something else is shown now, or the page is gone.
        }
    }

    /// <summary>Until there is more than was seen, or it became another question.</summary>
    private async Task WaitAsync(CancellationToken token)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(token);
        List<Task> waits = [_nudge.WaitAsync(over.Token)];
        var isCounted = !Status.IsFollowing && Status.NewLines >= MostCounted;
        if (!_isHidden && !isCounted) waits.AddRange(sources.Select((source, i) => store.WaitForMoreAsync(source.Log, _ends[i], over.Token)));
        IsResting = _isHidden;
        await Task.WhenAny(waits);
        IsResting = false;
        await over.CancelAsync();
        await Task.WhenAll(waits.Select(wait => wait.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default)));
        token.ThrowIfCancellationRequested();
    }

    /// <summary>Shows what came; of more than a browser can take only the newest.</summary>
    private async Task FollowAsync(CancellationToken token)
    {
        _counted = null;
        var page = await ReadAsync(
            new MergedRequest(Everywhere(long.MaxValue), IsBackwards: true, Batch) { Floor = _window.Bottom, MostBytes = 16_000_000, MostText = 2_000_000 }, token);
        if (_isTorn || BeganAnew(page.Ends))
        {
            await ShowNewestAsync(token);
            _isTorn = false;
            return;
        }
        var skipped = Between(_window.Bottom, page.IsOver ? page.Starts : page.Next);
        _isFlood = skipped > 0;
        _ends = page.Ends;
        _window.AddNewer(page.Lines, page.Finished);
        if (_window.TrimTop(_isFlood ? FloodLines : MostLines)) _atOldest = false;
        _atNewest = true;
        if (page.Lines.Count == 0 && skipped == 0) return;
        var drawn = Draw(page.Lines);
        _search?.Add(page.Lines.Where((_, i) => drawn[i].IsHit && !page.Lines[i].Entry.IsUnfinished).Select(line => line.Place));
        try
        {
            await pane.AppendAsync(drawn, skipped, FirstKey());
        }
        catch (OperationCanceledException)
        {
            // The browser was away for a while: nobody knows what it has.
            _isTorn = true;
        }
        Tell(Status with { IsEmpty = _window.Lines.Count == 0 });
    }

    private async Task CountAsync(CancellationToken token)
    {
        _counted ??= [.. _window.Bottom];
        var page = await ReadAsync(new MergedRequest(_counted, IsBackwards: false, MostCounted) { MostBytes = 4_000_000 }, token);
        _ends = page.Ends;
        _counted = page.Next;
        if (page.Lines.Count == 0) return;
        _atNewest = false;
        Tell(Status with { NewLines = Math.Min(MostCounted, Status.NewLines + page.Lines.Count(line => !line.Entry.IsUnfinished)) });
        await TellEdgesAsync();
    }

    /// <summary>Whether a service was removed, and another one of its name has begun its log.</summary>
    private bool BeganAnew(long[] ends) => ends.Zip(_window.Bottom, (end, bottom) => end < bottom).Any(isBefore => isBefore);
}
