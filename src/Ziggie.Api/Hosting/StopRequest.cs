using System.Runtime.InteropServices;

namespace Ziggie.Api.Hosting;

/// <summary>
/// Whether this process was told to end. It hears SIGTERM, SIGINT and SIGQUIT from its first moment to its last, also while there is no
/// daemon in it yet, or no longer: what was asked for in a handover is then the successor's to do.
/// </summary>
internal sealed class StopRequest : IDisposable
{
    private readonly CancellationTokenSource _asked = new();
    private readonly List<PosixSignalRegistration> _signals = [];
    private string? _why;

    /// <summary>What brought it about; null before.</summary>
    public string? Why => Volatile.Read(ref _why);

    public CancellationToken Asked => _asked.Token;

    public static StopRequest OfThisProcess()
    {
        var request = new StopRequest();
        foreach (var signal in (PosixSignal[])[PosixSignal.SIGTERM, PosixSignal.SIGINT, PosixSignal.SIGQUIT])
            request._signals.Add(PosixSignalRegistration.Create(signal, request.OnSignal));
        return request;
    }

    /// <summary>Only the first call does anything.</summary>
    public void Ask(string why)
    {
        if (Interlocked.CompareExchange(ref _why, why, null) is null) _asked.Cancel();
    }

    public void Dispose() => _signals.ForEach(signal => signal.Dispose());

    private void OnSignal(PosixSignalContext context)
    {
        // Else the runtime's own handler would end the process.
        context.Cancel = true;
        Ask(context.Signal.ToString());
    }
}
