namespace Ziggie.Processes.Resources;

/// <summary>Measures what services and the machine use. Safe for use from any thread; calls take milliseconds and block.</summary>
public interface IResourceReader
{
    /// <summary>What it cannot tell on this platform, as a sentence; null when it tells all.</summary>
    string? Missing { get; }

    /// <summary>One pass over all processes, for all runs together. Rates are since the last call of this.</summary>
    /// <exception cref="IOException">File descriptors or memory ran out: nothing is known now.</exception>
    ResourceSample Sample(IReadOnlyList<RunRoot> runs);

    /// <summary>Every process that the daemon sees, without kernel threads. Rates are those of the last <see cref="Sample"/>.</summary>
    /// <exception cref="IOException">As above.</exception>
    IReadOnlyList<ProcessUsage> Processes(IReadOnlyList<RunRoot> runs);
}
