namespace Ziggie.Processes;

/// <summary>How a process ended: by a code, by a signal, or in a way that can no longer be known.</summary>
/// <param name="Code">The exit code, 0 to 255; null when a signal ended the process or nothing is known.</param>
/// <param name="Signal">The number of the signal that ended the process; null when it exited by itself or nothing is known.</param>
public sealed record ExitStatus(int? Code, int? Signal)
{
    /// <summary>The process is gone and nobody can say how it ended.</summary>
    public static ExitStatus Unknown { get; } = new(null, null);

    public bool IsKnown => Code is not null || Signal is not null;

    public static ExitStatus Exited(int code) => new(code, null);

    public static ExitStatus Signaled(int signal) => new(null, signal);

    /// <summary>Reads a wait status as <c>wait(2)</c> and field 52 of <c>/proc/PID/stat</c> have it.</summary>
    public static ExitStatus FromWaitStatus(int status) =>
        (status & 0x7f) == 0 ? Exited((status >> 8) & 0xff) : Signaled(status & 0x7f);

    /// <summary>"exit 3", "SIGKILL" or "exit unknown".</summary>
    public override string ToString() =>
        Code is { } code ? $"exit {code}" : Signal is { } signal ? SignalNames.NameOf(signal) : "exit unknown";
}
