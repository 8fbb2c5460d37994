using Microsoft.AspNetCore.Components.Routing;
using Ziggie.Dashboard.Model.Logs;

namespace Ziggie.Dashboard.Parts.Logs;

// How the log is shown stands in the address of the page.
public sealed partial class LogView
{
    private static readonly TimeSpan TypingPause = TimeSpan.FromMilliseconds(300);

    private string _path = "";
    private int _typed;
    private bool _isTyping;

    private Task ShowAsync(LogViewState state)
    {
        _typed++;
        _isTyping = false;
        Navigation.NavigateTo(state.Apply(Navigation.Uri), replace: true);
        return Task.CompletedTask;
    }

    // The address changes once somebody has stopped typing.
    private async Task TypeAsync(LogViewState state)
    {
        _state = _state with { Text = state.Text, Line = null };
        var typed = ++_typed;
        _isTyping = true;
        await Task.Delay(TypingPause, Time, CancellationToken.None);
        if (typed == _typed && !_isGone) await ShowAsync(_state);
    }

    private void OnMoved(object? sender, LocationChangedEventArgs e)
    {
        var uri = new Uri(e.Location);
        if (uri.AbsolutePath != _path) return;
        _ = InvokeAsync(async () =>
        {
            var state = LogViewState.Parse(uri.Query);
            // What was typed since the address was asked for is not in it yet.
            _state = _isTyping ? state with { Text = _state.Text, Line = null } : state;
            StateHasChanged();
            if (!_state.ShowsSameAs(_shown)) await OpenAsync(stay: true);
            else if (_state.Line != _shown.Line && _state.Line is not null) await OpenAsync(stay: false);
        });
    }
}
