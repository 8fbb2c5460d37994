using System.Runtime.Versioning;

namespace Ziggie.Processes.Linux;

/// <summary>A main process, held by its pidfd. Disposing it ends the watch: <see cref="Exited"/> then never completes.</summary>
[SupportedOSPlatform("linux")]
internal sealed class LinuxProcess(ProcessIdentity identity, string runId, SafePidfd pidfd, long aliveAt, Action<LinuxProcess> disposed)
    : IServiceProcess
{
    private readonly TaskCompletionSource<ExitStatus> _exited = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _settling = new();
    private long _aliveAt = aliveAt;
    private bool _settled;

    public ProcessIdentity Identity => identity;

    public string RunId => runId;

    public Task<ExitStatus> Exited => _exited.Task;

    /// <summary>
    /// Clock ticks since boot at which the PID, dead or alive, was certainly still this process's: whatever started earlier and
    /// is in its session belongs to it.
    /// </summary>
    public long AliveAt => Volatile.Read(ref _aliveAt);

    /// <summary>The watcher's name for this process.</summary>
    public long Ticket { get; set; }

    /// <summary>Takes the descriptor out of what is watched; called right before it is closed.</summary>
    public Action<SafePidfd>? Unwatch { get; set; }

    public SafePidfd Pidfd => pidfd;

    public bool Signal(int signal) => pidfd.Signal(signal);

    /// <summary>
    /// Reaps the process if it has ended and completes <see cref="Exited"/>. False when it has not, or cannot be waited for yet
    /// (a debugger holds it).
    /// </summary>
    public bool TrySettle()
    {
        lock (_settling)
        {
            if (_settled) return true;
            // Before the reaping, after which the PID is free for others. An adopted process is reaped by its own parent, at a moment
            // nobody here knows, so its mark stays where it was last seen alive.
            var now = Native.TicksSinceBoot();
            var reading = pidfd.Use(descriptor => ExitReader.Read(descriptor, identity), closed: null);
            if (reading is null) return false;
            if (reading.WasOwnChild) Volatile.Write(ref _aliveAt, now);
            _settled = true;
            Close();
            _exited.TrySetResult(reading.Exit);
            return true;
        }
    }

    public void Dispose()
    {
        lock (_settling)
        {
            _settled = true;
            Close();
        }
        disposed(this);
    }

    private void Close()
    {
        Unwatch?.Invoke(pidfd);
        pidfd.Dispose();
    }
}
