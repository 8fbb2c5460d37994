namespace Ziggie.Api.Hosting;

/// <summary>Whether the daemon is on its way down: then it answers reads and refuses commands.</summary>
public sealed class DaemonStatus
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _gate = new();

    public bool IsStopping => _stopping.IsCancellationRequested;

    /// <summary>Cancelled as soon as it is on its way down.</summary>
    public CancellationToken Stopping => _stopping.Token;

    /// <summary>What brought the stop about; null before.</summary>
    public string? Why { get; private set; }

    /// <summary>Whether it goes down to let another daemon take over.</summary>
    public bool HandsOver { get; private set; }

    /// <summary>True for the first caller alone.</summary>
    public bool BeginStopping(string? why = null, bool handsOver = false)
    {
        lock (_gate)
        {
            if (IsStopping) return false;
            (Why, HandsOver) = (why, handsOver);
            _stopping.Cancel();
            return true;
        }
    }
}
