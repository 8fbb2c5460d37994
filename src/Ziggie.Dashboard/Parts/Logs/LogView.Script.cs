using Microsoft.JSInterop;
using MudBlazor;

namespace Ziggie.Dashboard.Parts.Logs;

// What logs.js tells.
public sealed partial class LogView
{
    private bool _isHidden;

    [JSInvokable] public Task Older() => _session?.OlderAsync() ?? Task.CompletedTask;

    [JSInvokable] public Task Newer() => _session?.NewerAsync() ?? Task.CompletedTask;

    [JSInvokable] public Task Oldest() => _session?.ToOldestAsync() ?? Task.CompletedTask;

    [JSInvokable] public Task Newest() => _session?.PauseAsync(false) ?? Task.CompletedTask;

    [JSInvokable] public Task Hit(bool isOlder) => NextAsync(isOlder);

    [JSInvokable] public Task Scrolled(bool isAtEnd) => _session?.ScrolledAsync(isAtEnd) ?? Task.CompletedTask;

    [JSInvokable]
    public void Hidden(bool isHidden)
    {
        _isHidden = isHidden;
        _session?.Hide(isHidden);
    }

    [JSInvokable] public Task ShowWhole(string key) => _session?.ShowWholeAsync(key) ?? Task.CompletedTask;

    [JSInvokable] public Task Show(string key) => _session?.PlaceOf(key) is { } place ? _session.GoToAsync(place) : Task.CompletedTask;

    [JSInvokable]
    public Task Bound(string which, string? moment) =>
        ShowAsync(which == "since" ? _state with { Since = moment, Line = null } : _state with { Until = moment, Line = null });

    /// <summary>A link to a line was asked for.</summary>
    [JSInvokable]
    public async Task Linked(string line, bool isCopied)
    {
        Snackbar.Add(isCopied ? "The link to this line is copied" : "The address of this page leads to this line", Severity.Success);
        // The line is in view: nothing is loaded anew.
        _shown = _shown with { Line = line };
        await ShowAsync(_state with { Line = line });
    }
}
