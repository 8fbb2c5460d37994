namespace Ziggie.Dashboard.Model.Logs;

public sealed partial class LogSession
{
    private LogSearch? _search;
    private Task _searching = Task.CompletedTask;
    private LinePlace? _hit;

    /// <summary>How the search stands; null without one.</summary>
    public HitStatus? Hits => _search is { } search
        ? new HitStatus(search.Count, _hit is { } hit ? search.IndexOf(hit) : null, search.IsComplete, search.IsCapped, search.Looked)
        : null;

    /// <summary>Goes to the next newer or older match; from the last one round to the first.</summary>
    public Task NextHitAsync(bool isOlder) => DoAsync(async token =>
    {
        if (_search is not { } search) return;
        // Without a match to go on from it begins with the newest, whichever way.
        var found = await FindAsync(search, () => isOlder || _hit is null ? search.Before(_hit) : search.After(_hit), token)
            ?? (isOlder ? search.Before(null) : await FindAsync(search, () => search.IsComplete ? search.After(null) : null, token));
        if (found is not { } hit) return;
        _hit = hit;
        await GoToAsync(hit, token);
        Changed?.Invoke();
    });

    private static async Task<LinePlace?> FindAsync(LogSearch search, Func<LinePlace?> find, CancellationToken token)
    {
        while (true)
        {
            var progress = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            void Go() => progress.TrySetResult();
            search.Progressed += Go;
            try
            {
                if (find() is { } found) return found;
                if (search.IsComplete) return null;
                await progress.Task.WaitAsync(token);
            }
            finally
            {
                search.Progressed -= Go;
            }
        }
    }

    private void StartSearch(CancellationToken token)
    {
        (_search, _hit) = (null, null);
        if (_filter.Pattern is null) return;
        var search = _search = new LogSearch(new MergedLogs(store, sources, _filter.Narrow()));
        search.Progressed += () => Changed?.Invoke();
        _searching = SearchAsync(search, token);
    }

    private async Task SearchAsync(LogSearch search, CancellationToken token)
    {
        try
        {
            await search.RunAsync(token);
        }
        catch (OperationCanceledException)
        {
            // Something else is searched now.
        }
        catch (Exception e) when (e is ArgumentException or IOException or UnauthorizedAccessException)
        {
            search.Abandon();
            Tell(Status with { Problem = e.Message });
        }
    }
}
