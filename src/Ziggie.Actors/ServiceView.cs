using System.Collections.Immutable;
using Ziggie.Actors.Domain;
using Ziggie.Actors.Domain.Configuration;
using Ziggie.Actors.Domain.Definitions;
using Ziggie.Processes;

namespace Ziggie.Actors;

/// <summary>One service as the outside sees it. Immutable; replaced with each change.</summary>
public sealed record ServiceView
{
    public required int Id { get; init; }
    public required ServiceDefinition Definition { get; init; }

    /// <summary>Where the definition comes from, as in <see cref="Origins"/>.</summary>
    public string Origin { get; init; } = Origins.Api;

    public required ServiceStatus Status { get; init; }
    public required Phase Phase { get; init; }
    public required Desired Desired { get; init; }
    public required Health Health { get; init; }
    public string? HealthMessage { get; init; }

    /// <summary>Why the phase is what it is, as a sentence.</summary>
    public string? Reason { get; init; }

    /// <summary>What the service last said of itself by sd_notify's STATUS=; null when it said nothing.</summary>
    public string? StatusText { get; init; }

    /// <summary>Who last wanted it up or down; null when nobody ever did.</summary>
    public string? DesiredBy { get; init; }

    public bool Ready { get; init; }
    public int? Pid { get; init; }

    /// <summary>The main process; null without one.</summary>
    public ProcessIdentity? Process { get; init; }

    /// <summary>The id that every process of the run carries in its environment; null without a process.</summary>
    public string? RunId { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>The machine's monotonic clock at the start of the process; with <see cref="UptimeAt"/> immune to changes of the wall clock.</summary>
    public TimeSpan? StartedSinceBoot { get; init; }

    public LastExit? LastExit { get; init; }
    public int Restarts { get; init; }
    public DateTimeOffset? NextRestartAt { get; init; }

    /// <summary>The next moment that its schedule names; null without one.</summary>
    public DateTimeOffset? NextRunAt { get; init; }

    /// <summary>The process runs from an older definition in something that only a restart can change.</summary>
    public bool RestartRequired { get; init; }

    /// <summary>Number of the current or last run; 0 when it never ran.</summary>
    public long Generation { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }

    public string Name => Definition.Name;

    /// <summary>Whether it shows the daemon itself, which no command for services reaches.</summary>
    public bool IsDaemon => Name == DaemonService.Name;

    public ImmutableArray<string> Groups => Definition.Groups;

    /// <summary>How long the process has been running, given the monotonic clock now; null without a process.</summary>
    public TimeSpan? UptimeAt(TimeSpan sinceBoot) => StartedSinceBoot is { } start ? sinceBoot - start : null;
}
