using System.Data.Common;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using MudBlazor;
using Ziggie.Dashboard.Live;
using Ziggie.Dashboard.Model;
using Ziggie.Dashboard.Model.Logs;
using Ziggie.Persistence.History;
using Ziggie.Processes.Output;

namespace Ziggie.Dashboard.Parts.Logs;

/// <summary>The logs of one or several services, on a page of their own or as a part of another.</summary>
public sealed partial class LogView : LiveComponent, IAsyncDisposable
{
    private static readonly TimeSpan DrawingPause = TimeSpan.FromMilliseconds(100);

    private ElementReference _root;
    private DotNetObjectReference<LogView>? _self;
    private IJSObjectReference? _module;
    private BrowserPane? _pane;
    private LogSession? _session;
    private LogViewState _state = new();
    private LogViewState _shown = new();
    private string? _refusal;
    private Task _opening = Task.CompletedTask;
    private string _names = "";
    private long _lost;
    private long _generations;
    private int _pending;
    private bool _isGone;

    /// <summary>Whose logs.</summary>
    [Parameter, EditorRequired] public IReadOnlyList<string> Services { get; set; } = [];

    /// <summary>Whether it is a part of another page, which has its own heading.</summary>
    [Parameter] public bool Embedded { get; set; }

    [Inject] private IOutputStore Store { get; set; } = default!;

    [Inject] private IHistory History { get; set; } = default!;

    [Inject] private NavigationManager Navigation { get; set; } = default!;

    [Inject] private IJSRuntime Js { get; set; } = default!;

    [Inject] private ISnackbar Snackbar { get; set; } = default!;

    [Inject] private TimeProvider Time { get; set; } = default!;

    protected override bool WantsSamples => false;

    private LogStatus Status => _session?.Status ?? new LogStatus();

    private string Title => Services.Count == 1 ? $"Log of {Services[0]}" : "Logs of several services";

    private string NewWords => Status.NewLines switch
    {
        0 => "",
        >= LogSession.MostCounted => $" · more than {LogSession.MostCounted:N0} new lines",
        var count => " · " + Figures.Count(count, "new line"),
    };

    public async ValueTask DisposeAsync()
    {
        _isGone = true;
        Dispose();
        Navigation.LocationChanged -= OnMoved;
        await CloseAsync();
        _self?.Dispose();
        await _module.LetGoAsync();
    }

    protected override bool Update()
    {
        // Runs only ever grow in number, so their sum tells whether there is a new one.
        var generations = Services.Sum(name => Feed.Current.Find(name)?.Generation ?? 0);
        if (generations != _generations && _pane is { } pane) _ = ShowRunsAsync(pane);
        _generations = generations;
        var lost = Services.Sum(Store.LostBytes);
        if (lost == _lost) return false;
        _lost = lost;
        return true;
    }

    protected override void OnInitialized()
    {
        Navigation.LocationChanged += OnMoved;
        _state = LogViewState.Parse(new Uri(Navigation.Uri).Query);
    }

    protected override async Task OnParametersSetAsync()
    {
        if (_module is not null && _names != string.Join(',', Services)) await BeginAsync();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender || _isGone) return;
        var module = await Js.InvokeAsync<IJSObjectReference>("import", "./_content/Ziggie.Dashboard/logs.js");
        if (_isGone)
        {
            await module.LetGoAsync();
            return;
        }
        _self = DotNetObjectReference.Create(this);
        _module = module;
        await BeginAsync();
    }

    private async Task BeginAsync()
    {
        await CloseAsync();
        if (_isGone) return;
        _names = string.Join(',', Services);
        _path = new Uri(Navigation.Uri).AbsolutePath;
        _state = LogViewState.Parse(new Uri(Navigation.Uri).Query);
        var sources = LogSource.Of(Services);
        var pane = _pane = new BrowserPane();
        var logs = sources.Select(source => new
        {
            source.Service,
            source.Number,
            source.IsError,
            Prefix = source.LineName(0, Services.Count == 1)[..^1],
        });
        pane.Attach(await _module!.InvokeAsync<IJSObjectReference>("create", _root, _self, logs));
        if (_isGone || pane != _pane)
        {
            // Who closed what was shown did not have this yet.
            await pane.CloseAsync();
            return;
        }
        var kept = await pane.KeptAsync();
        if (_isGone || pane != _pane) return;
        _session = new LogSession(Store, sources, pane, Time);
        _session.Changed += OnChanged;
        _session.Hide(_isHidden);
        _ = ShowRunsAsync(pane);
        await OpenAsync(stay: false, kept);
    }

    private async Task ShowRunsAsync(BrowserPane pane)
    {
        try
        {
            List<LogRun> runs = [];
            for (var i = 0; i < Services.Count; i++) runs.AddRange(LogRun.Of(i, await History.QueryAsync(LogRun.Query(Services[i]))));
            await pane.SetRunsAsync(runs);
        }
        catch (Exception e) when (e is OperationCanceledException or DbException)
        {
            // The lines are shown without them.
        }
    }

    private async Task CloseAsync()
    {
        _session?.Dispose();
        if (_session is not null) _session.Changed -= OnChanged;
        _session = null;
        var pane = _pane;
        _pane = null;
        if (pane is not null) await pane.CloseAsync();
    }

    private async Task OpenAsync(bool stay, string? line = null)
    {
        if (_session is not { } session) return;
        LogFilter filter;
        try
        {
            filter = _state.Filter(Time.GetUtcNow());
            _refusal = null;
        }
        catch (ArgumentException e)
        {
            _refusal = e.Message;
            StateHasChanged();
            return;
        }
        _shown = _state;
        _opening = session.OpenAsync(filter, line ?? _state.Line, stay ? session.Middle : null);
        await _opening;
        StateHasChanged();
    }

    private async Task NextAsync(bool isOlder)
    {
        // Enter comes before what was typed is searched.
        if (_isTyping) await ShowAsync(_state);
        if (!_state.ShowsSameAs(_shown)) await OpenAsync(stay: true);
        await _opening;
        if (_refusal is null && _session is { } session) await session.NextHitAsync(isOlder);
    }

    private async Task PauseAsync(bool isPaused)
    {
        // What the address points to is left.
        if (!isPaused && _state.Line is not null)
        {
            _shown = _shown with { Line = null };
            await ShowAsync(_state with { Line = null });
        }
        if (_session is { } session) await session.PauseAsync(isPaused);
    }

    private Task ShowRangeAsync() => _pane?.SetBoundsAsync(Moment(_state.Since), Moment(_state.Until)) ?? Task.CompletedTask;

    private string? Moment(string? text) => LogViewState.TryMoment(text, Time.GetUtcNow(), out var moment) ? moment.UtcDateTime.ToString("O") : null;

    private void OnChanged()
    {
        if (Interlocked.Exchange(ref _pending, 1) == 0) _ = InvokeAsync(RefreshAsync);
    }

    private async Task RefreshAsync()
    {
        // A search that runs through a large log would else draw the bar without end.
        await Task.Delay(DrawingPause, Time, CancellationToken.None);
        Interlocked.Exchange(ref _pending, 0);
        if (!_isGone) StateHasChanged();
    }
}
