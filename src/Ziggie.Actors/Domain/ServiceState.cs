using System.Collections.Immutable;
using Ziggie.Actors.Domain.Definitions;
using Ziggie.Processes;

namespace Ziggie.Actors.Domain;

/// <summary>All that is known of one service: the fold of its events. Desired and observed are apart.</summary>
public sealed record ServiceState
{
    public static ServiceState Empty { get; } = new();

    public ServiceDefinition? Definition { get; init; }

    /// <summary>Where the definition comes from, as in <see cref="Configuration.Origins"/>; null in what was stored before origins were.</summary>
    public string? Origin { get; init; }

    public Desired Desired { get; init; }

    /// <summary>Who last wanted it up or down; null when nobody ever did.</summary>
    public string? DesiredBy { get; init; }

    /// <summary>The word with which it was last wanted up (see <see cref="ServiceCore.Whys"/>); null when nobody ever did.</summary>
    public string? WantedUpFor { get; init; }

    public Phase Phase { get; init; }

    /// <summary>Why the phase is what it is, as a sentence; null when there is nothing to explain.</summary>
    public string? Reason { get; init; }

    /// <summary>The run that is, or whose processes may still be there; null once its tree is known to be gone.</summary>
    public Run? Run { get; init; }

    /// <summary>Of the last run; only grows.</summary>
    public long Generation { get; init; }

    /// <summary>A start or restart was asked for and its run is not launched yet, because the run before it still ends.</summary>
    public bool LaunchPending { get; init; }

    /// <summary>The service is to be removed as soon as its run is gone.</summary>
    public bool RemovePending { get; init; }

    /// <summary>How the last process ended.</summary>
    public LastExit? LastExit { get; init; }

    /// <summary>How the last run that ended came out, launches that failed included.</summary>
    public RunEnd? LastEnd { get; init; }

    /// <summary>The boot in which the last run was; empty when none was.</summary>
    public string LastBootId { get; init; } = "";

    /// <summary>Processes of the last run that had to be killed.</summary>
    public int LastKilled { get; init; }

    /// <summary>Restarts by the rules since a person last started or restarted it.</summary>
    public int Restarts { get; init; }

    /// <summary>Restarts in a row without a stable run between: the exponent of the delay.</summary>
    public int DelayStep { get; init; }

    /// <summary>The restarts that count against the budget, by the monotonic clock of the boot <see cref="LastBootId"/>.</summary>
    public ImmutableList<TimeSpan> RecentRestarts { get; init; } = [];

    public DateTimeOffset? NextRestartAt { get; init; }

    /// <summary>The monotonic time at which the next restart is due.</summary>
    public TimeSpan? NextRestartSinceBoot { get; init; }

    /// <summary>While it waits for what it depends on: the monotonic time since which its limit runs; null while none does.</summary>
    public TimeSpan? WaitingSinceBoot { get; init; }

    /// <summary>The last moment of its schedule that was dealt with.</summary>
    public DateTimeOffset? LastSlot { get; init; }

    public Health Health { get; init; }

    public string? HealthMessage { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; init; }

    public bool IsRemoved { get; init; }
}

/// <summary>One life of a service's process.</summary>
public sealed record Run
{
    public required long Generation { get; init; }

    public required string RunId { get; init; }

    /// <summary>What it was launched from; a later definition takes effect with the next run.</summary>
    public required ServiceDefinition Definition { get; init; }

    /// <summary>Null while the launch is under way.</summary>
    public ProcessIdentity? Process { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public TimeSpan StartedSinceBoot { get; init; }

    /// <summary>Where its output begins; null when nobody asked.</summary>
    public OutputStart? OutputFrom { get; init; }

    public bool IsReady { get; init; }

    /// <summary>Set once the main process has ended; others of its tree may live on.</summary>
    public ExitStatus? Exit { get; init; }

    /// <summary>Set while the run is being ended.</summary>
    public StopCause? StopCause { get; init; }

    public bool IsAlive => Process is not null && Exit is null;
}

/// <summary>Positions in the logs of a service where the output of a run begins.</summary>
/// <param name="Output">Of standard output, or of both.</param>
/// <param name="Errors">Of a separate standard error; null where it is not separate.</param>
public sealed record OutputStart(long Output, long? Errors);

/// <summary>How a process ended; both null: nobody can say how.</summary>
public sealed record LastExit(int? Code, int? Signal, DateTimeOffset At);

/// <summary>The outcome of a run.</summary>
/// <param name="Generation">The run.</param>
/// <param name="Succeeded">It ended by itself, with a code that counts as success.</param>
/// <param name="Failure">Set when there never was a process.</param>
/// <param name="Reason">How it ended, as a sentence.</param>
/// <param name="Next">What the restart rules do about it; null for nothing.</param>
public sealed record RunEnd(long Generation, bool Succeeded, LaunchFailure? Failure, string Reason, string? Next);
