namespace Ziggie.Api.RateLimits;

/// <summary>Counts requests in windows of a minute, each of which begins with its first request. Safe for use from any thread.</summary>
internal sealed class RequestWindows(TimeProvider time)
{
    private static readonly TimeSpan Length = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Window> _windows = [];
    private long _swept = time.GetTimestamp();

    /// <summary>How many clients and routes are remembered.</summary>
    public int Count
    {
        get { lock (_gate) return _windows.Count; }
    }

    /// <summary>False with the time until the next window, when this one is used up.</summary>
    public bool TryTake(string key, int limit, out TimeSpan wait)
    {
        var now = time.GetTimestamp();
        lock (_gate)
        {
            Sweep(now);
            if (!_windows.TryGetValue(key, out var window) || time.GetElapsedTime(window.Began, now) >= Length) window = new Window(now, 0);
            wait = Length - time.GetElapsedTime(window.Began, now);
            if (window.Taken >= limit) return false;
            _windows[key] = window with { Taken = window.Taken + 1 };
            return true;
        }
    }

    /// <summary>Whoever has not come for a while is forgotten, so that many addresses do not pile up.</summary>
    private void Sweep(long now)
    {
        if (time.GetElapsedTime(_swept, now) < Length) return;
        _swept = now;
        foreach (var (key, window) in _windows)
        {
            if (time.GetElapsedTime(window.Began, now) >= Length) _windows.Remove(key);
        }
    }

    private readonly record struct Window(long Began, int Taken);
}
