using System.Runtime.Serialization;

namespace Ziggie.Actors;

/// <summary>
/// What stands in the store and cannot be read. A store that cannot be asked just now is asked again; this does not mend itself, and
/// whoever waits for all services to know their past would wait for ever.
/// </summary>
public sealed class RecoveryFailures
{
    private readonly TaskCompletionSource<string> _first = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends with a sentence that names the event, as soon as there is one.</summary>
    public Task<string> First => _first.Task;

    /// <summary>Whether it is for good; then it has been told.</summary>
    internal bool Tell(Exception cause)
    {
        if (cause is not SerializationException) return false;
        _first.TrySetResult(cause.Message);
        return true;
    }
}
