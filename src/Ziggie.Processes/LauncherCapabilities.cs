namespace Ziggie.Processes;

/// <summary>What a launcher can do beyond starting, watching and ending processes; a sentence for a person for each thing that it cannot.</summary>
public sealed record LauncherCapabilities
{
    /// <summary>A launcher that can do all of it.</summary>
    public static LauncherCapabilities Full { get; } = new();

    /// <summary>Whether a later daemon takes running processes back.</summary>
    public bool CanAdopt => WhyNoAdoption is null;

    /// <summary>Whether processes are found whose parents have ended, or whose launch was never recorded.</summary>
    public bool FindsStrays => WhyNoStrays is null;

    /// <summary>Whether every signal can be sent, and death by a signal is told from an exit code for certain.</summary>
    public bool KnowsSignals => WhyNoSignals is null;

    /// <summary>Whether a run is in a process group of its own, away from what is typed at the daemon's terminal.</summary>
    public bool HasOwnGroups => WhyNoOwnGroups is null;

    /// <summary>Whether services write into their outputs themselves, and so can while no daemon runs.</summary>
    public bool WritesDirectly => WhyNotDirect is null;

    public string? WhyNoAdoption { get; init; }

    public string? WhyNoStrays { get; init; }

    public string? WhyNoSignals { get; init; }

    public string? WhyNoOwnGroups { get; init; }

    public string? WhyNotDirect { get; init; }

    /// <summary>Whether the kernel keeps the limit of memory, for a whole tree; else what it uses is sampled.</summary>
    public bool LimitsByCgroup => WhyNoCgroup is null;

    /// <summary>Why not; no fault, so it is not among <see cref="Missing"/>.</summary>
    public string? WhyNoCgroup { get; init; } = "Control groups are not used.";

    /// <summary>Whether the kernel keeps the limit of processor time; else nobody does.</summary>
    public bool LimitsProcessor { get; init; }

    /// <summary>The sentences.</summary>
    public IReadOnlyList<string> Missing =>
        [.. new[] { WhyNoAdoption, WhyNoStrays, WhyNoSignals, WhyNoOwnGroups, WhyNotDirect }.OfType<string>()];
}
