using System.Collections.Immutable;

namespace Ziggie.Actors.Domain.Definitions;

/// <summary>When a run may be relied on. Any probe; after <see cref="Timeout"/> without success the start has failed.</summary>
public sealed record ReadyPolicy(Probe Probe, TimeSpan Timeout)
{
    public static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(60);

    public static ReadyPolicy DefaultGrace { get; } = new(new Probe.Grace(TimeSpan.FromSeconds(1)), DefaultTimeout);

    public static ReadyPolicy ByPort { get; } = new(new Probe.OwnPort(), DefaultTimeout);
}

/// <summary>Whether a ready run is still well: <see cref="Probe.Http"/>, <see cref="Probe.Tcp"/>, <see cref="Probe.OwnPort"/>, <see cref="Probe.Exec"/> or <see cref="Probe.Notify"/>.</summary>
public sealed record HealthPolicy(Probe Probe)
{
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(10);
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Failures in a row that make it unhealthy.</summary>
    public int Failures { get; init; } = 3;

    /// <summary>Successes in a row that make it healthy.</summary>
    public int Successes { get; init; } = 1;

    /// <summary>Time from the start in which failures do not count.</summary>
    public TimeSpan StartPeriod { get; init; } = TimeSpan.Zero;

    public UnhealthyAction OnUnhealthy { get; init; } = UnhealthyAction.Restart;

    /// <summary>No probe, in spite of a port.</summary>
    public static HealthPolicy None { get; } = new(new Probe.None());

    public static HealthPolicy Tcp(int port) => new(new Probe.Tcp(port)) { OnUnhealthy = UnhealthyAction.Report };
}

public enum UnhealthyAction { Restart, Report }

public enum RestartMode { Never, OnFailure, Always }

/// <summary>What follows the end of a run that was wanted up.</summary>
public sealed record RestartPolicy
{
    public static RestartPolicy Default { get; } = new();

    public RestartMode Policy { get; init; } = RestartMode.OnFailure;
    public ImmutableArray<int> SuccessExitCodes { get; init; } = [0];

    /// <summary>The delay before the second restart in a row; the first comes at once.</summary>
    public TimeSpan Delay { get; init; } = TimeSpan.FromMilliseconds(250);
    public double Factor { get; init; } = 2;
    public TimeSpan MaxDelay { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Share of the delay by which it varies at random, 0 to 1.</summary>
    public double Jitter { get; init; } = 0.25;

    /// <summary>Restarts allowed inside <see cref="Window"/>.</summary>
    public int Budget { get; init; } = 10;
    public TimeSpan Window { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>A run of this length resets the delay.</summary>
    public TimeSpan StableAfter { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>After giving up, one more try each time this has passed; null for none.</summary>
    public TimeSpan? RetryEvery { get; init; }
}

/// <summary>How a run is ended: a signal to the whole tree, then SIGKILL to what is left.</summary>
/// <param name="Signal">The signal's number.</param>
/// <param name="Timeout">From the signal to SIGKILL.</param>
public sealed record StopPolicy(int Signal, TimeSpan Timeout)
{
    public static StopPolicy Default { get; } = new(15, TimeSpan.FromSeconds(10));
}

/// <summary>What a service waits for in another one before it starts.</summary>
public enum DependencyCondition { Started, Ready, Healthy, Completed }

public enum ScheduleAction { Start, Restart }

/// <param name="Cron">Five fields, or six with seconds, as validated.</param>
/// <param name="TimeZone">IANA name; null for the machine's zone.</param>
public sealed record SchedulePolicy(string Cron, string? TimeZone, ScheduleAction Action)
{
    /// <summary>Whether what fell due while there was no daemon is done once when there is one again.</summary>
    public bool CatchUp { get; init; }
}

/// <summary>Null leaves a limit as it is.</summary>
public sealed record LimitsPolicy
{
    /// <summary>Bytes resident in the whole tree; beyond it the service is restarted.</summary>
    public long? MaxMemory { get; init; }

    /// <summary>-20 to 19.</summary>
    public int? Nice { get; init; }
    public long? OpenFiles { get; init; }

    /// <summary>Bytes of a core file.</summary>
    public long? Core { get; init; }

    /// <summary>Cores' worth of processor time, where cgroup v2 can be written: 0.5 is half of one core.</summary>
    public double? Cpu { get; init; }
}

public enum StandardErrorMode { Merged, Separate }

/// <summary>How much output is kept.</summary>
public sealed record LogPolicy
{
    public static LogPolicy Default { get; } = new();

    /// <summary>Bytes in one file.</summary>
    public long MaxSize { get; init; } = 10_000_000;
    public int MaxFiles { get; init; } = 10;
    public TimeSpan? MaxAge { get; init; }
    public bool Compress { get; init; } = true;
    public StandardErrorMode Stderr { get; init; } = StandardErrorMode.Merged;
}
