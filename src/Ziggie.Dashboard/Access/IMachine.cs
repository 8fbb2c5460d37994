using Ziggie.Actors.Resources;

namespace Ziggie.Dashboard.Access;

/// <summary>What the host knows of the machine and of itself, for the page about them.</summary>
public interface IMachine
{
    MachineFacts Facts { get; }

    /// <summary>The file systems that the daemon writes to.</summary>
    IReadOnlyList<DiskUsage> Disks();
}

/// <summary>What does not change while the daemon runs.</summary>
public sealed record MachineFacts
{
    public required string Hostname { get; init; }

    /// <summary>The system's name and version.</summary>
    public required string System { get; init; }

    public required string Kernel { get; init; }

    public required string Architecture { get; init; }

    public required string Version { get; init; }

    public required string Runtime { get; init; }

    public required int Pid { get; init; }

    public required string User { get; init; }

    public required string Home { get; init; }

    /// <summary>Who keeps memory limits, as a sentence.</summary>
    public required string Limits { get; init; }

    /// <summary>What cannot be done or measured here, a sentence each.</summary>
    public IReadOnlyList<string> Missing { get; init; } = [];
}
