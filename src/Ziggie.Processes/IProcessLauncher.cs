namespace Ziggie.Processes;

/// <summary>
/// Starts, finds and ends the processes of runs. One for a daemon. Calls block for fractions of a millisecond to a few
/// milliseconds (they read /proc); call them on a dispatcher that may block.
/// </summary>
public interface IProcessLauncher : IDisposable
{
    /// <summary>What this launcher can do, and why it cannot do the rest.</summary>
    LauncherCapabilities Capabilities { get; }

    /// <summary>Starts the main process of a run, where the platform has such a thing as the leader of a session of its own.</summary>
    LaunchResult Launch(ProcessSpec spec);

    /// <summary>
    /// Takes back a process that an earlier daemon started. Null when it is gone, or when the PID belongs to another process
    /// by now (start time or boot id differ), or when this launcher cannot adopt. A zombie is taken back and reports its exit at once.
    /// </summary>
    IServiceProcess? Adopt(ProcessIdentity identity, string runId);

    /// <summary>
    /// The main process of each given run that is alive, found by the run's id in the environment: the oldest session leader. A run
    /// of which only others are left has none, unless a keeper has held it. One pass over /proc for all of them.
    /// </summary>
    IReadOnlyDictionary<string, ProcessIdentity> FindRuns(IReadOnlySet<string> runIds);

    /// <summary>
    /// Whether a run whose launch was never recorded, and of which no process is left, had one all the same: its daemon died right after the
    /// launch.
    /// </summary>
    bool WasLaunched(string runId);

    /// <summary>
    /// Every service has asked for its run, or will within seconds. What an earlier daemon has left beside is nobody's from then on, and not
    /// before, however long a start takes.
    /// </summary>
    void ForgetUnclaimed() { }

    /// <summary>Ends processes whose run id begins so: helpers that an earlier daemon has left. Does nothing where they cannot be found.</summary>
    void EndLeftovers(string runIdPrefix);

    /// <summary>
    /// The PIDs of all living processes of a run, without zombies: the main process, its group, its session, its descendants, and any
    /// that carries the run's id in its environment.
    /// </summary>
    /// <param name="runId">The run.</param>
    /// <param name="main">Its main process, alive or not; null when it was never known.</param>
    IReadOnlyList<int> FindTree(string runId, ProcessIdentity? main);

    /// <summary>What the kernel has counted for a run in a control group of its own; null when it has none.</summary>
    GroupUsage? UsageOf(string runId);

    /// <summary>Changes the memory limit of a run that is in a control group; null lifts it. Without a group nothing is done.</summary>
    void LimitMemory(string runId, long? bytes);

    /// <summary>Sends signals, one after the other, to every process that <see cref="FindTree"/> finds; returns how many there were.</summary>
    int SignalTree(string runId, ProcessIdentity? main, params ReadOnlySpan<int> signals);
}
