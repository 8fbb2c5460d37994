using System.Runtime.Versioning;

namespace Ziggie.Processes.Linux;

/// <summary>What the keepers of earlier daemons held, until the services have asked for it. Locked by its owner.</summary>
[SupportedOSPlatform("linux")]
internal sealed class Inheritance : IDisposable
{
    /// <summary>
    /// When all services are there, and nobody has asked for anything for so long, what is left belongs to nobody: its end was stored before.
    /// </summary>
    private static readonly TimeSpan Unclaimed = TimeSpan.FromSeconds(20);

    private readonly Dictionary<string, KeptRun> _runs = [];
    private readonly List<(SafePidfd Process, bool IsCopied)> _keepers = [];
    private TimeSpan _lastAsked;
    private bool _isComplete;
    private bool _isForgotten;

    public Inheritance(List<KeeperChild.Found> found)
    {
        foreach (var (keeper, held, isCopied) in found)
        {
            _keepers.Add((keeper, isCopied));
            foreach (var run in held)
            {
                if (!_runs.TryAdd(run.RunId, run)) run.Pidfd.Dispose();
            }
        }
    }

    public IReadOnlyCollection<KeptRun> Runs => _runs.Values;

    /// <summary>Whether something waits for somebody to ask for it, or to be thrown away.</summary>
    public bool IsLeft => _runs.Count > 0 || _keepers.Count > 0;

    public ProcessIdentity? IdentityOf(string runId)
    {
        _lastAsked = MachineClock.SinceBoot;
        return _runs.GetValueOrDefault(runId)?.Identity;
    }

    /// <summary>A copy of the descriptor of a run, which goes on being held here.</summary>
    public SafePidfd? Take(string runId)
    {
        _lastAsked = MachineClock.SinceBoot;
        return _runs.GetValueOrDefault(runId)?.Pidfd.Duplicate();
    }

    /// <summary>Somebody else holds the run by now.</summary>
    public void Drop(string runId)
    {
        if (_runs.Remove(runId, out var run)) run.Pidfd.Dispose();
    }

    /// <summary>Every service has come up.</summary>
    public void AllHaveAsked() => (_isComplete, _lastAsked) = (true, MachineClock.SinceBoot);

    /// <summary>Whether there was something to throw away.</summary>
    public bool ForgetUnclaimed(TimeSpan now)
    {
        if (!IsLeft || !_isComplete || now < _lastAsked + Unclaimed) return false;
        Forget();
        return true;
    }

    public void Forget()
    {
        foreach (var run in _runs.Values) run.Pidfd.Dispose();
        _runs.Clear();
        _isForgotten = true;
    }

    /// <summary>
    /// Another keeper holds by now whatever could be copied. One that gave nothing away still has the FIFOs open, with the last lines of
    /// those that have ended: it stays until their services have opened them.
    /// </summary>
    public void EndKeepers()
    {
        foreach (var (process, _) in _keepers.Where(IsOver))
        {
            process.Signal(SignalNames.Kill);
            process.Dispose();
        }
        _keepers.RemoveAll(IsOver);

        bool IsOver((SafePidfd Process, bool IsCopied) keeper) => keeper.IsCopied || _isForgotten;
    }

    public void Dispose()
    {
        Forget();
        foreach (var (process, _) in _keepers) process.Dispose();
    }
}
