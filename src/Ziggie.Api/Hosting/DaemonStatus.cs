namespace Ziggie.Api.Hosting;

/// <summary>Whether the daemon is on its way down: then it answers reads and refuses commands.</summary>
public sealed class DaemonStatus
{
    private int _stopping;

    public bool IsStopping => Volatile.Read(ref _stopping) != 0;

    /// <summary>What brought the stop about; null before.</summary>
    public string? Why { get; private set; }

    /// <summary>True for the first caller alone.</summary>
    public bool BeginStopping(string? why = null)
    {
        if (Interlocked.Exchange(ref _stopping, 1) != 0) return false;
        Why = why;
        return true;
    }
}
