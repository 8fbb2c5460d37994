using System.ComponentModel;
using System.Diagnostics;

namespace Ziggie.Processes.Portable;

/// <summary>A main process and the copying of its output. Disposing it ends the watch: <see cref="Exited"/> then never completes.</summary>
internal sealed class PortableProcess : IServiceProcess
{
    private const int SignalBase = 128;
    private const int LastSignal = 31;

    /// <summary>What Process.Kill leaves on Windows, and what a program does that CTRL_BREAK ended.</summary>
    private const int WindowsKilled = -1;
    private const int WindowsBroken = unchecked((int)0xC000013A);

    private readonly TaskCompletionSource<ExitStatus> _exited = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Process _process;
    private readonly IReadOnlyList<OutputCopy> _copies;
    private readonly IReadOnlyList<OutputSink> _sinks;
    private readonly Action<PortableProcess> _disposed;
    private readonly Lock _signalling = new();
    private bool _hasExited;
    private int _isDisposed;

    public PortableProcess(
        Process process, string runId, IReadOnlyList<OutputCopy> copies, IReadOnlyList<OutputSink> sinks, Action<PortableProcess> disposed)
    {
        (_process, RunId, _copies, _sinks, _disposed) = (process, runId, copies, sinks, disposed);
        Identity = ProcessList.Identify(process);
    }

    public ProcessIdentity Identity { get; }

    public string RunId { get; }

    public Task<ExitStatus> Exited => _exited.Task;

    /// <summary>Copies the output and waits for the end.</summary>
    public async Task WatchAsync()
    {
        var copying = _copies.Select(copy => copy.RunAsync()).ToArray();
        _ = CloseAsync(copying);
        await _process.WaitForExitAsync();
        ExitStatus status;
        lock (_signalling)
        {
            _hasExited = true;
            status = StatusOf(_process.ExitCode);
            _process.Dispose();
        }
        await Task.WhenAll(_copies.Select((copy, index) => copy.SettleAsync(copying[index])));
        if (Volatile.Read(ref _isDisposed) == 0) _exited.TrySetResult(status);
    }

    public bool Signal(int signal)
    {
        if (Volatile.Read(ref _isDisposed) != 0) return false;
        lock (_signalling)
        {
            // The runtime reaps a child when it notices its end. A look right before leaves a number only the shortest moment to pass on.
            if (_hasExited || _process.HasExited) return false;
            if (!OperatingSystem.IsWindows()) return Unix.SendSignal(Identity.Pid, signal);
            return signal == SignalNames.Kill ? TryKill(entireTree: false) : IsPolite(signal) && Windows.SendBreak(Identity.Pid);
        }
    }

    /// <summary>Kills the process and its descendants, which are held meanwhile so that none can start another; false when it is gone.</summary>
    public bool KillTree()
    {
        lock (_signalling) return !_hasExited && !_process.HasExited && TryKill(entireTree: true);
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) == 0) _disposed(this);
    }

    /// <summary>The signals that ask a program to end; on Windows CTRL_BREAK stands for all of them.</summary>
    public static bool IsPolite(int signal) => signal is 1 or 2 or 3 or SignalNames.Terminate;

    /// <summary>
    /// .NET shows death by signal n as the code 128 + n, like a shell. A program can return that itself, but hardly one does for another
    /// reason than that a signal ended it or its child.
    /// </summary>
    internal static ExitStatus StatusOf(int code)
    {
        if (OperatingSystem.IsWindows())
        {
            return code switch
            {
                WindowsKilled => ExitStatus.Signaled(SignalNames.Kill),
                WindowsBroken => ExitStatus.Signaled(SignalNames.Terminate),
                _ => ExitStatus.Exited(code),
            };
        }
        return code is > SignalBase and <= SignalBase + LastSignal
            ? ExitStatus.Signaled(PlatformSignals.FromPlatform(code - SignalBase))
            : ExitStatus.Exited(code);
    }

    private bool TryKill(bool entireTree)
    {
        try
        {
            _process.Kill(entireTree);
            return true;
        }
        catch (Exception error) when (error is InvalidOperationException or Win32Exception or AggregateException)
        {
            return false; // gone, or some of the tree may not be killed by the daemon's user: whoever asks looks at what is left
        }
    }

    private async Task CloseAsync(Task[] copying)
    {
        await Task.WhenAll(copying);
        foreach (var sink in _sinks) await sink.DisposeAsync();
    }
}
