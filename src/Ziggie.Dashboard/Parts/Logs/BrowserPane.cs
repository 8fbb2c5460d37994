using Microsoft.JSInterop;
using Ziggie.Dashboard.Model.Logs;

namespace Ziggie.Dashboard.Parts.Logs;

/// <summary>The lines in the browser, drawn by <c>logs.js</c>.</summary>
internal sealed class BrowserPane : ILogPane
{
    private readonly TaskCompletionSource<IJSObjectReference> _pane = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The script's side of it is there.</summary>
    public void Attach(IJSObjectReference pane) => _pane.TrySetResult(pane);

    public Task ResetAsync(IReadOnlyList<DrawnLine> lines, string? target) => CallAsync("reset", lines, target);

    public Task AppendAsync(IReadOnlyList<DrawnLine> lines, long skipped, string? first) => CallAsync("append", lines, skipped, first);

    public Task PrependAsync(IReadOnlyList<DrawnLine> lines, string? last) => CallAsync("prepend", lines, last);

    public Task MarkAsync(string key) => CallAsync("mark", key);

    public Task ReplaceAsync(DrawnLine line) => CallAsync("replace", line);

    public Task SetEdgesAsync(bool atOldest, bool atNewest, bool isFollowing) => CallAsync("edges", atOldest, atNewest, isFollowing);

    /// <summary>The name of the line that was at the top before the page was loaded anew because the daemon had been away; else null.</summary>
    public async Task<string?> KeptAsync() => await (await _pane.Task).InvokeAsync<string?>("kept");

    /// <summary>Shows a range in the fields for it.</summary>
    public Task SetBoundsAsync(string? since, string? until) => CallAsync("bounds", since, until);

    /// <summary>Shows where new runs began.</summary>
    public Task SetRunsAsync(IReadOnlyList<LogRun> runs) => CallAsync("setRuns", runs);

    public async ValueTask CloseAsync()
    {
        if (!_pane.Task.IsCompletedSuccessfully) return;
        try
        {
            await CallAsync("dispose");
            await _pane.Task.Result.DisposeAsync();
        }
        catch (Exception e) when (e is OperationCanceledException or JSDisconnectedException)
        {
            // The browser is gone already.
        }
    }

    private async Task CallAsync(string method, params object?[] values)
    {
        var pane = await _pane.Task;
        try
        {
            await pane.InvokeVoidAsync(method, values);
        }
        catch (Exception e) when (e is JSDisconnectedException or ObjectDisposedException or JSException)
        {
            throw new OperationCanceledException("The browser is gone.", e);
        }
    }
}
