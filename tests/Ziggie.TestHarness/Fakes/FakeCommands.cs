using System.Collections.Concurrent;
using Ziggie.Actors.Domain.Definitions;
using Ziggie.Actors.Services;

namespace Ziggie.TestHarness.Fakes;

/// <summary>Commands of probes that exist only in the story; they fail until it says otherwise.</summary>
public sealed class FakeCommands : ICommandProbe
{
    private readonly ConcurrentDictionary<string, bool> _results = [];
    private readonly ConcurrentDictionary<string, bool> _hanging = [];
    private int _runs;

    /// <summary>How many were run.</summary>
    public int Runs => _runs;

    /// <summary>While it is set, no command can be run at all, as on a machine that is out of descriptors.</summary>
    public Exception? Shortage { get; set; }

    /// <summary>What becomes of a command from now on, by its first word.</summary>
    public void Set(string command, bool succeeds) => _results[command] = succeeds;

    /// <summary>From now on it never ends by itself.</summary>
    public void Hang(string command) => _hanging[command] = true;

    public Task<ProbeResult> RunAsync(ServiceDefinition definition, Probe.Exec probe, TimeSpan timeout, CancellationToken cancellationToken)
    {
        if (Shortage is { } shortage) throw shortage;
        Interlocked.Increment(ref _runs);
        if (_hanging.ContainsKey(probe.Command[0])) return new TaskCompletionSource<ProbeResult>().Task.WaitAsync(cancellationToken);
        return Task.FromResult(_results.GetValueOrDefault(probe.Command[0])
            ? new ProbeResult(true, $"'{probe.Command[0]}' exited with code 0.")
            : new ProbeResult(false, $"'{probe.Command[0]}' exited with code 1."));
    }
}
