using Microsoft.AspNetCore.Components;
using Ziggie.Actors.Live;
using Ziggie.Actors.Resources;

namespace Ziggie.Dashboard.Live;

/// <summary>
/// A component that shows the live picture: it is brought up to date when something changed, and drawn again only if that made a
/// difference to it. A browser that is slow gets fewer pictures, never a queue of old ones.
/// </summary>
public abstract class LiveComponent : ComponentBase, IDisposable
{
    private IDisposable? _listening;
    private int _pending;
    private bool _isDisposed;

    [Inject] protected IServiceFeed Feed { get; set; } = default!;

    [Inject] protected IResourceFeed Resources { get; set; } = default!;

    [Inject] private LivePulse Pulse { get; set; } = default!;

    /// <summary>Whether new samples of processor time and memory matter to it.</summary>
    protected virtual bool WantsSamples => true;

    /// <summary>Takes what it shows from the picture as it is now; false when nothing looks different.</summary>
    protected abstract bool Update();

    protected override void OnParametersSet() => Update();

    protected override void OnAfterRender(bool firstRender)
    {
        // Only pages in a browser follow: what is rendered for the first answer is thrown away.
        if (!firstRender || _isDisposed) return;
        _listening = Pulse.Listen(OnPulse);
        // What changed since it was drawn was told to others.
        OnPulse(Live.Pulse.Services);
    }

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        _isDisposed = true;
        _listening?.Dispose();
    }

    private void OnPulse(Pulse pulse)
    {
        if (pulse == Live.Pulse.Samples && !WantsSamples) return;
        // Not on the thread that tells: it would draw one page after the other, and measure the drawing.
        if (Interlocked.Exchange(ref _pending, 1) == 0) _ = Task.Run(() => InvokeAsync(Refresh));
    }

    private void Refresh()
    {
        Interlocked.Exchange(ref _pending, 0);
        if (!_isDisposed && Update()) StateHasChanged();
    }
}
