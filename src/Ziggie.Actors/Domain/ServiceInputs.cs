using Ziggie.Actors.Domain.Configuration;
using Ziggie.Actors.Domain.Definitions;
using Ziggie.Processes;

namespace Ziggie.Actors.Domain;

/// <summary>Something that a service decides about: a command from a person, a fact from its run, or a timer.</summary>
public abstract record ServiceInput;

/// <summary>The family of inputs: commands of people, facts of the world, timers.</summary>
public static class ServiceInputs
{
    /// <summary>Asked for by somebody who waits for a reply.</summary>
    public abstract record Command(string By) : ServiceInput;

    /// <param name="Definition">The whole definition.</param>
    /// <param name="By">Who.</param>
    /// <param name="Origin">Where it comes from, as in <see cref="Origins"/>.</param>
    /// <param name="TakesEffect">Starts a new service that starts with the daemon, and restarts one whose process the change needs.</param>
    public sealed record Define(ServiceDefinition Definition, string By, string Origin = Origins.Api, bool TakesEffect = false) : Command(By);

    public sealed record Start(string By) : Command(By);

    /// <param name="Timeout">From the signal to SIGKILL; null for the definition's.</param>
    /// <param name="Force">SIGKILL at once.</param>
    /// <param name="By">Who.</param>
    public sealed record Stop(TimeSpan? Timeout, bool Force, string By) : Command(By);

    public sealed record Restart(string By) : Command(By);

    public sealed record SendSignal(int Signal, bool WholeTree, string By) : Command(By);

    public sealed record Remove(bool Force, string By) : Command(By);

    /// <summary>The daemon ends and takes its services with it; they stay wanted as they were.</summary>
    public sealed record DaemonStops() : Command("daemon");

    /// <summary>Recovery is over: take back what runs, start what should.</summary>
    public sealed record DaemonStarted : ServiceInput;

    /// <summary>Everything that the service depends on is as it must be.</summary>
    public sealed record DependenciesMet(long Generation, TimeSpan PortWait) : ServiceInput;

    /// <param name="Generation">Of the last run.</param>
    /// <param name="Reason">What is missing, as a sentence.</param>
    /// <param name="IsLimited">Whether the time limit runs: not while something that it waits for waits itself.</param>
    public sealed record DependenciesPending(long Generation, string Reason, bool IsLimited) : ServiceInput;

    public sealed record WaitLimitReached(long Generation) : ServiceInput;

    /// <param name="Slot">The moment that the schedule names.</param>
    public sealed record ScheduleDue(DateTimeOffset Slot) : ServiceInput;

    public sealed record Launched(long Generation, ProcessIdentity Process, OutputStart? OutputFrom = null) : ServiceInput;

    public sealed record LaunchFailed(long Generation, LaunchFailure Failure, string Message) : ServiceInput;

    /// <summary>A run of an earlier daemon was taken back alive, or as a zombie whose exit follows.</summary>
    public sealed record Found(long Generation, ProcessIdentity Process) : ServiceInput;

    /// <param name="Generation">The run.</param>
    /// <param name="Status">How its main process ended.</param>
    /// <param name="IsTreeGone">Nothing of the run is left, and its output is in the log.</param>
    public sealed record Exited(long Generation, ExitStatus Status, bool IsTreeGone) : ServiceInput;

    public sealed record TreeGone(long Generation, int Killed) : ServiceInput;

    public sealed record ProbedReady(long Generation) : ServiceInput;

    public sealed record ProbedHealth(long Generation, Health Health, string? Message) : ServiceInput;

    /// <param name="Generation">The run.</param>
    /// <param name="LastResult">What the last probe saw; null when none came to an end.</param>
    public sealed record ReadyTimedOut(long Generation, string? LastResult) : ServiceInput;

    /// <param name="Generation">The run.</param>
    /// <param name="Message">Which limit, as a sentence.</param>
    public sealed record LimitExceeded(long Generation, string Message) : ServiceInput;

    public sealed record RestartDue(long Generation) : ServiceInput;
}
