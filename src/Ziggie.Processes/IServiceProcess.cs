namespace Ziggie.Processes;

/// <summary>The main process of one run, launched by this daemon or taken back from an earlier one. Safe for use from any thread.</summary>
public interface IServiceProcess : IDisposable
{
    ProcessIdentity Identity { get; }

    string RunId { get; }

    /// <summary>Completes when the main process has ended, off the caller's thread; grandchildren may live on.</summary>
    Task<ExitStatus> Exited { get; }

    /// <summary>Sends a signal to the main process alone, through its pidfd; false when it is gone.</summary>
    bool Signal(int signal);
}
