using Ziggie.Actors.Domain.Definitions;
using Ziggie.Processes;

namespace Ziggie.Actors.Domain;

/// <summary>A decision or a fact in the life of one service, as it is stored. Never changed once shipped: a second version is a new record.</summary>
public interface IServiceEvent
{
    /// <summary>When, in UTC.</summary>
    DateTimeOffset At { get; }
}

/// <summary>The family of a service's events. <c>By</c> is the user's name, or <c>daemon</c>.</summary>
public static class ServiceEvents
{
    /// <param name="Definition">Created or changed: the whole definition, secrets in the clear.</param>
    /// <param name="By">Who.</param>
    /// <param name="At">When.</param>
    /// <param name="Origin">Where it comes from, as in <see cref="Configuration.Origins"/>; null in what was stored before origins were.</param>
    public sealed record Defined(ServiceDefinition Definition, string By, DateTimeOffset At, string? Origin = null) : IServiceEvent;

    /// <param name="Why"><c>start</c>, <c>restart</c>, <c>autostart</c>, <c>schedule</c>, or <c>resume</c> after a daemon that was killed while it stopped.</param>
    /// <param name="By">Who wants it.</param>
    /// <param name="At">When.</param>
    public sealed record WantedUp(string Why, string By, DateTimeOffset At) : IServiceEvent;

    /// <param name="Why"><c>stop</c> or <c>remove</c>.</param>
    /// <param name="By">Who wants it.</param>
    /// <param name="At">When.</param>
    public sealed record WantedDown(string Why, string By, DateTimeOffset At) : IServiceEvent;

    /// <summary>It is to be launched as soon as what it depends on is as it must be; again whenever the reason changes.</summary>
    /// <param name="Reason">What it waits for, as a sentence.</param>
    /// <param name="SinceBoot">The monotonic clock since which the time limit runs; null while it does not.</param>
    /// <param name="At">When.</param>
    public sealed record Waiting(string Reason, TimeSpan? SinceBoot, DateTimeOffset At) : IServiceEvent;

    /// <summary>What it depends on has not come about in time, so this attempt, which has the number of a run, has failed.</summary>
    public sealed record WaitTimedOut(long Generation, string Reason, DateTimeOffset At) : IServiceEvent;

    /// <param name="Slot">The moment that the schedule names.</param>
    /// <param name="Skipped">Why nothing was done, as a sentence; null when something was.</param>
    /// <param name="At">When.</param>
    public sealed record ScheduleFired(DateTimeOffset Slot, string? Skipped, DateTimeOffset At) : IServiceEvent;

    /// <summary>Written before the process exists, so that a daemon that dies in between can look for it by its run id.</summary>
    public sealed record Launching(long Generation, string RunId, DateTimeOffset At) : IServiceEvent;

    /// <param name="Generation">The run.</param>
    /// <param name="Process">Its main process.</param>
    /// <param name="SinceBoot">The machine's monotonic clock at the launch; unlike <c>At</c> it never jumps.</param>
    /// <param name="At">When.</param>
    public sealed record Launched(long Generation, ProcessIdentity Process, TimeSpan SinceBoot, DateTimeOffset At) : IServiceEvent
    {
        /// <summary>Where the run's output begins; null when nobody asked.</summary>
        public OutputStart? OutputFrom { get; init; }
    }

    public sealed record LaunchFailed(long Generation, LaunchFailure Failure, string Message, DateTimeOffset At) : IServiceEvent;

    public sealed record BecameReady(long Generation, DateTimeOffset At) : IServiceEvent;

    /// <summary>The run is being ended: for a stop, a restart, a failed readiness, a limit that it exceeded or the daemon's own end.</summary>
    /// <param name="Generation">The run.</param>
    /// <param name="Cause">Why.</param>
    /// <param name="Reason">The same as a sentence for people.</param>
    /// <param name="At">When.</param>
    public sealed record Stopping(long Generation, StopCause Cause, string Reason, DateTimeOffset At) : IServiceEvent;

    /// <summary>The main process has ended; both null: nobody can say how.</summary>
    public sealed record Exited(long Generation, int? Code, int? Signal, TimeSpan SinceBoot, DateTimeOffset At) : IServiceEvent;

    /// <summary>No process of the run is left.</summary>
    /// <param name="Generation">The run.</param>
    /// <param name="Killed">How many processes had to be killed with SIGKILL.</param>
    /// <param name="At">When.</param>
    public sealed record TreeGone(long Generation, int Killed, DateTimeOffset At) : IServiceEvent;

    /// <param name="Generation">The run that ended.</param>
    /// <param name="Delay">How long to wait.</param>
    /// <param name="SinceBoot">The monotonic clock when it was planned.</param>
    /// <param name="Reason">What ended, as a sentence.</param>
    /// <param name="At">When it was planned.</param>
    public sealed record RestartPlanned(long Generation, TimeSpan Delay, TimeSpan SinceBoot, string Reason, DateTimeOffset At) : IServiceEvent;

    /// <summary>The restart rules allow no further restart, or one only after a long while.</summary>
    /// <param name="Generation">The run that ended.</param>
    /// <param name="Reason">Which limit was met, as a sentence.</param>
    /// <param name="RetryAfter">When to try once more; null for never.</param>
    /// <param name="SinceBoot">The monotonic clock when it gave up.</param>
    /// <param name="At">When it gave up.</param>
    public sealed record GaveUp(long Generation, string Reason, TimeSpan? RetryAfter, TimeSpan SinceBoot, DateTimeOffset At) : IServiceEvent;

    public sealed record HealthChanged(long Generation, Health Health, string? Message, DateTimeOffset At) : IServiceEvent;

    public sealed record Removed(string By, DateTimeOffset At) : IServiceEvent;
}

/// <summary>Why a run is being ended.</summary>
public enum StopCause { Wanted, Restart, NotReady, Unhealthy, Daemon, Leftovers, Limit }
