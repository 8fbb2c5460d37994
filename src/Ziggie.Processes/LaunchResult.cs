namespace Ziggie.Processes;

/// <summary>What came of a launch: an expected failure is a value, with a sentence for a person.</summary>
public abstract record LaunchResult
{
    private LaunchResult() { }

    public sealed record Launched(IServiceProcess Process) : LaunchResult;

    /// <param name="Reason">Why, as a stable word.</param>
    /// <param name="Message">Why, as a sentence that names the program, folder or user and says what to do.</param>
    public sealed record Failed(LaunchFailure Reason, string Message) : LaunchResult;
}

/// <summary>
/// Why a process could not be started. <see cref="Resources"/> and <see cref="PortInUse"/> pass by themselves; the rest stays until
/// something is changed. The last four are found outside the launcher; <see cref="Interrupted"/>: the daemon ended before it could launch;
/// <see cref="DependencyMissing"/>: what the service waited for did not come about in time.
/// </summary>
public enum LaunchFailure
{
    ProgramMissing,
    NotExecutable,
    FolderMissing,
    UserUnknown,
    NotPermitted,
    Resources,
    Other,
    PortInUse,
    EnvironmentInvalid,
    Interrupted,
    DependencyMissing,
}
