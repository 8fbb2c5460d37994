using Microsoft.JSInterop;

namespace Ziggie.Dashboard.Live;

/// <summary>Objects of the page's scripts that a component holds. What is not let go of stays in the browser, and what it holds with it.</summary>
internal static class ScriptObjects
{
    /// <summary>Lets go of one, if there is one.</summary>
    /// <param name="script">Null when it has not come yet.</param>
    /// <param name="last">What it is asked to do before.</param>
    public static async ValueTask LetGoAsync(this IJSObjectReference? script, string? last = null)
    {
        if (script is null) return;
        try
        {
            if (last is not null) await script.InvokeVoidAsync(last);
            await script.DisposeAsync();
        }
        catch (Exception e) when (e is JSDisconnectedException or OperationCanceledException)
        {
            // The browser is gone already, and what it held with it.
        }
    }
}
