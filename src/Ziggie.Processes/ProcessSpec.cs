using Ziggie.Processes.Output;

namespace Ziggie.Processes;

/// <summary>Everything that the operating system needs to start one run of a service; all expansion is done.</summary>
public sealed record ProcessSpec
{
    /// <summary>The environment variable by which every process of a run, however far it strayed, can be found again.</summary>
    public const string RunIdVariable = "ZIGGIE_RUN_ID";

    /// <summary>Unique for each run; put into the child's environment as <see cref="RunIdVariable"/>.</summary>
    public required string RunId { get; init; }

    /// <summary>The program: a path, or a name to be found in the PATH of <see cref="Environment"/>.</summary>
    public required string FileName { get; init; }

    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>An absolute path; null for the daemon's own folder.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>The whole environment of the child: nothing is inherited beside it.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>Whether the run is held for the next daemon; false for helpers that matter to this one alone.</summary>
    public bool IsKept { get; init; } = true;

    /// <summary>A user name or numeric id to run as; null for the daemon's user. Needs root.</summary>
    public string? User { get; init; }

    /// <summary>File mode creation mask, 0 to 511 (octal 0777); null for the daemon's.</summary>
    public int? Umask { get; init; }

    /// <summary>What the run may use; null leaves all as the daemon's is.</summary>
    public ProcessLimits? Limits { get; init; }

    /// <summary>A FIFO or file that the child opens read-write as its standard output; null for /dev/null.</summary>
    public string? StandardOutput { get; init; }

    /// <summary>The same for standard error; null sends it where standard output goes.</summary>
    public string? StandardError { get; init; }

    /// <summary>Takes standard output from a launcher that reads it itself, which then leaves <see cref="StandardOutput"/> alone.</summary>
    public IOutputInlet? OutputInlet { get; init; }

    /// <summary>The same for standard error; null sends it where standard output goes.</summary>
    public IOutputInlet? ErrorInlet { get; init; }
}
