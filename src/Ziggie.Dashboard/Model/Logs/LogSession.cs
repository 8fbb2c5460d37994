using Ziggie.Processes.Output;

namespace Ziggie.Dashboard.Model.Logs;

/// <summary>
/// What one view of logs does: loads lines into the browser's window, follows the end, searches. One thing at a time; reading is done on
/// the thread pool, and what is asked for anew cancels what was under way.
/// </summary>
public sealed partial class LogSession(IOutputStore store, IReadOnlyList<LogSource> sources, ILogPane pane, TimeProvider time) : IDisposable
{
    /// <summary>Lines that the browser holds at most.</summary>
    public const int MostLines = 2_000;

    private const int Page = 250;

    private readonly SemaphoreSlim _turn = new(1);
    private readonly LogWindow _window = new(sources.Count);
    private CancellationTokenSource _open = new();
    private MergedLogs _logs = new(store, sources, new LogFilter());
    private LogFilter _filter = new();
    private long[] _ends = new long[sources.Count];
    private bool _atOldest;
    private bool _atNewest;
    private Task _running = Task.CompletedTask;

    /// <summary>Something of <see cref="Status"/> or <see cref="Hits"/> is different; on any thread.</summary>
    public event Action? Changed;

    public LogStatus Status { get; private set; } = new();

    /// <summary>A line to stay near when something else is shown; null while the end is followed.</summary>
    public LinePlace? Middle => Status.IsFollowing || _window.Lines.Count == 0 ? null : _hit ?? _window.Lines[_window.Lines.Count / 2];

    /// <summary>Shows these lines from now on: around one that the address names, else the newest, which are then followed.</summary>
    /// <param name="filter">Which lines.</param>
    /// <param name="line">The name of a line in an address.</param>
    /// <param name="place">A line that was in view before, to stay near it.</param>
    public async Task OpenAsync(LogFilter filter, string? line, LinePlace? place = null)
    {
        var over = await RenewAsync();
        if (over is not { } token) return;
        _filter = filter;
        _logs = new MergedLogs(store, sources, filter);
        Tell(Status with { IsLoading = true, Problem = null, NewLines = 0, Seeking = 0 });
        StartSearch(token);
        await DoAsync(async () =>
        {
            var named = LogSource.Find(sources, line);
            var goal = named is { } wanted ? await Task.Run(() => _logs.LineAt(wanted.Source, wanted.Position)?.Place, token) : place;
            if (named is { } asked && goal is { } found && found.Position != asked.Position)
                Tell(Status with { Problem = "That line is not kept any more; this is the nearest one." });
            if (goal is { } near) await ShowAroundAsync(near, token);
            else await ShowNewestAsync(token);
        }, token);
        if (!token.IsCancellationRequested) _running = Task.Run(() => RunAsync(token), CancellationToken.None);
    }

    /// <summary>Loads lines above those that are shown.</summary>
    public Task OlderAsync() => DoAsync(token => LoadOlderAsync(Page, token));

    /// <summary>Loads lines below those that are shown.</summary>
    public Task NewerAsync() => DoAsync(LoadNewerAsync);

    public Task ToNewestAsync() => DoAsync(async token =>
    {
        Tell(Status with { IsPaused = false, Problem = null });
        await ShowNewestAsync(token);
    });

    public Task ToOldestAsync() => DoAsync(async token =>
    {
        Tell(Status with { IsFollowing = false });
        var page = await ReadAsync(new MergedRequest(new long[sources.Count], IsBackwards: false, Page), token);
        _window.Reset(page.Lines, page.Starts, page.Next);
        (_atOldest, _atNewest) = (true, page.IsOver);
        await ShowAsync(page.Lines, "");
        if (page.Lines.Count < Page && !page.IsOver) await LoadNewerAsync(token);
    });

    /// <summary>Brings a line into view, also one that the browser does not hold.</summary>
    public Task GoToAsync(LinePlace place) => DoAsync(token => GoToAsync(place, token));

    /// <summary>The same for the key of a line that is shown.</summary>
    public LinePlace? PlaceOf(string key) => LinePlace.TryParseKey(key, out var source, out var position)
        && _window.Lines.LastOrDefault(line => line.Source == source && line.Position == position) is { End: > 0 } found ? found : null;

    /// <summary>Shows more of a long line.</summary>
    public Task ShowWholeAsync(string key) => DoAsync(async token =>
    {
        if (PlaceOf(key) is not { } place) return;
        var line = await Task.Run(() => _logs.LineAt(place.Source, place.Position), token);
        if (line is { } found && found.Place.Position == place.Position)
            await pane.ReplaceAsync(LineDrawing.Draw(found, _filter.Pattern, LineDrawing.Most));
    });

    // What still waits for a browser that is gone is not waited for.
    public void Dispose() => _open.Cancel();

    private async Task<CancellationToken?> RenewAsync()
    {
        var old = _open;
        var fresh = _open = new CancellationTokenSource();
        await old.CancelAsync();
        await _running;
        await _searching;
        // Somebody asked for something newer meanwhile.
        return _open == fresh ? fresh.Token : null;
    }

    private async Task GoToAsync(LinePlace place, CancellationToken token)
    {
        Tell(Status with { IsFollowing = false });
        if (!_window.Contains(place))
        {
            await ShowAroundAsync(place, token);
            return;
        }
        await pane.MarkAsync(place.Key);
        await TellEdgesAsync();
    }

    private async Task ShowNewestAsync(CancellationToken token)
    {
        var page = await ReadAsync(new MergedRequest(Everywhere(long.MaxValue), IsBackwards: true, Page), token);
        _window.Reset(page.Lines, page.Next, page.Finished);
        (_atOldest, _atNewest, _ends) = (page.IsOver, true, page.Ends);
        Tell(Status with { IsFollowing = !Status.IsPaused && _filter.Until is null, NewLines = 0 });
        await ShowAsync(page.Lines, null);
        if (page.Lines.Count < Page && !page.IsOver) await LoadOlderAsync(Page - page.Lines.Count, token);
    }

    private async Task ShowAroundAsync(LinePlace place, CancellationToken token)
    {
        Tell(Status with { IsFollowing = false });
        var from = await Task.Run(() => _logs.PositionsAt(place), token);
        var newer = await ReadAsync(new MergedRequest(from, IsBackwards: false, Page / 2), token);
        var older = await ReadAsync(new MergedRequest(from, IsBackwards: true, Page / 2), token);
        MergedLine[] lines = [.. older.Lines, .. newer.Lines];
        _window.Reset(lines, older.Next, newer.Next);
        (_atOldest, _atNewest, _ends) = (older.IsOver, newer.IsOver, newer.Ends);
        // With a filter the line itself may not be among them.
        var target = _window.Contains(place) ? place.Key : newer.Lines is [var first, ..] ? first.Place.Key : lines is [.., var last] ? last.Place.Key : "";
        await ShowAsync(lines, target);
    }

    /// <summary>Goes on until some are found, there are none, or something else is asked for.</summary>
    private async Task LoadOlderAsync(int wanted, CancellationToken token)
    {
        long looked = 0;
        while (wanted > 0 && !_atOldest)
        {
            var page = await ReadAsync(new MergedRequest(_window.Top, IsBackwards: true, wanted), token);
            _window.AddOlder(page);
            _window.TrimBottom(MostLines);
            _atOldest = page.IsOver;
            if (_window.Lines.Count == MostLines) _atNewest = false;
            wanted -= page.Lines.Count;
            looked += page.Looked;
            await pane.PrependAsync(Draw(page.Lines), LastKey());
            Tell(Status with { IsEmpty = _window.Lines.Count == 0, IsLoading = false, Seeking = wanted > 0 && !_atOldest ? looked : 0 });
            await TellEdgesAsync();
        }
    }

    private async Task LoadNewerAsync(CancellationToken token)
    {
        long looked = 0;
        for (var found = 0; found == 0;)
        {
            var page = await ReadAsync(new MergedRequest(_window.Bottom, IsBackwards: false, Page), token);
            var missed = Between(_window.Bottom, page.Starts);
            _window.AddNewer(page.Lines, page.Next);
            _window.TrimTop(MostLines);
            if (_window.Lines.Count == MostLines) _atOldest = false;
            (_atNewest, _ends) = (page.IsOver, page.Ends);
            found = page.Lines.Count;
            looked += page.Looked;
            await pane.AppendAsync(Draw(page.Lines), missed, FirstKey());
            Tell(Status with { IsEmpty = _window.Lines.Count == 0, Seeking = found == 0 && !page.IsOver ? looked : 0 });
            await TellEdgesAsync();
            if (page.IsOver) break;
        }
    }

    private async Task<MergedPage> ReadAsync(MergedRequest request, CancellationToken token)
    {
        var page = await Task.Run(() => _logs.Read(request), token);
        token.ThrowIfCancellationRequested();
        Tell(Status with { Exists = page.Ends.Any(end => end > 0) });
        return page;
    }

    private async Task ShowAsync(IReadOnlyList<MergedLine> lines, string? target)
    {
        await pane.ResetAsync(Draw(lines), target);
        Tell(Status with { IsLoading = false, IsEmpty = lines.Count == 0, Seeking = 0 });
        await TellEdgesAsync();
    }

    private Task TellEdgesAsync() => pane.SetEdgesAsync(_atOldest, _atNewest, Status.IsFollowing);

    private IReadOnlyList<DrawnLine> Draw(IReadOnlyList<MergedLine> lines) => [.. lines.Select(line => LineDrawing.Draw(line, _filter.Pattern))];

    private string? FirstKey() => _window.Lines is [var first, ..] ? first.Key : null;

    private string? LastKey() => _window.Lines is [.., var last] ? last.Key : null;

    private long[] Everywhere(long position) => [.. sources.Select(_ => position)];

    private static long Between(long[] from, long[] to) => from.Zip(to, (a, b) => b < long.MaxValue ? Math.Max(0, b - a) : 0).Sum();

    private Task DoAsync(Func<CancellationToken, Task> act)
    {
        var token = _open.Token;
        return DoAsync(() => act(token), token);
    }

    private async Task DoAsync(Func<Task> act, CancellationToken token)
    {
        try
        {
            await _turn.WaitAsync(token);
            try
            {
                await act();
            }
            finally
            {
                _turn.Release();
            }
        }
        catch (OperationCanceledException)
        {
            // Something else was asked for, or the page is gone.
        }
        catch (Exception e) when (e is ArgumentException or IOException or UnauthorizedAccessException)
        {
            Tell(Status with { Problem = e.Message, IsLoading = false, Seeking = 0 });
        }
    }

    private void Tell(LogStatus status)
    {
        if (status == Status) return;
        Status = status;
        Changed?.Invoke();
    }
}
