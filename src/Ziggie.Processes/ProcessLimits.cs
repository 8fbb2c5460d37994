namespace Ziggie.Processes;

/// <summary>
/// What one run may use. Set before the program begins, so that it and all that it starts have them; null leaves one as it is.
/// </summary>
public sealed record ProcessLimits
{
    /// <summary>-20 (first) to 19 (last). Below the daemon's own needs root.</summary>
    public int? Nice { get; init; }

    /// <summary>File descriptors of each process; soft and hard limit alike.</summary>
    public long? OpenFiles { get; init; }

    /// <summary>Bytes of a core file; soft and hard limit alike. 0 for none.</summary>
    public long? Core { get; init; }

    /// <summary>Bytes of the whole tree; kept by the kernel where the run has a control group, else not by the launcher.</summary>
    public long? MaxMemory { get; init; }

    /// <summary>Cores' worth of processor time of the whole tree, where the run has a control group.</summary>
    public double? Cpu { get; init; }

    /// <summary>Whether something is to be set on the process itself.</summary>
    internal bool AreOfProcess => Nice is not null || OpenFiles is not null || Core is not null;
}
