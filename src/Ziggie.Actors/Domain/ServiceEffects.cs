using Ziggie.Actors.Domain.Definitions;
using Ziggie.Processes;

namespace Ziggie.Actors.Domain;

/// <summary>Something to be done in the world after a decision is stored.</summary>
public abstract record ServiceEffect;

/// <summary>The family of effects; the service's actor hands each to the child that can do it.</summary>
public static class ServiceEffects
{
    /// <param name="Generation">The run.</param>
    /// <param name="RunId">Its id.</param>
    /// <param name="Definition">What to launch.</param>
    /// <param name="PortWait">How long the port may stay taken before the launch has failed: the run before may have left it closing.</param>
    public sealed record Launch(long Generation, string RunId, ServiceDefinition Definition, TimeSpan PortWait) : ServiceEffect;

    /// <summary>Ask whether everything that the service depends on is as it must be; answered once or more often, until it is.</summary>
    /// <param name="Generation">Of the last run.</param>
    /// <param name="Definition">Says what it depends on.</param>
    /// <param name="PortWait">For the launch that follows.</param>
    public sealed record AskDependencies(long Generation, ServiceDefinition Definition, TimeSpan PortWait) : ServiceEffect;

    /// <summary>Replaces a limit that is set.</summary>
    public sealed record SetWaitLimit(long Generation, TimeSpan Delay) : ServiceEffect;

    public sealed record CancelWaitLimit : ServiceEffect;

    /// <summary>Look for a run that an earlier daemon launched, or was about to launch.</summary>
    public sealed record FindRun(long Generation, string RunId, ProcessIdentity? Process, ServiceDefinition Definition) : ServiceEffect;

    /// <summary>Let what is left of a run, whose main process has ended, go on writing into the log.</summary>
    public sealed record OpenOutput(long Generation, ServiceDefinition Definition) : ServiceEffect;

    /// <summary>End every process of the run. Repeated: a shorter time limit or <paramref name="Force"/> wins.</summary>
    public sealed record EndRun(long Generation, string RunId, ProcessIdentity? Process, int Signal, TimeSpan Timeout, bool Force) : ServiceEffect;

    public sealed record SendSignal(long Generation, int Signal, bool WholeTree) : ServiceEffect;

    /// <param name="Generation">The run.</param>
    /// <param name="RunId">Its id.</param>
    /// <param name="Definition">What it was launched from.</param>
    /// <param name="OutputFrom">Where its output begins; null when nobody asked.</param>
    /// <param name="IsAdopted">It was launched by an earlier daemon, so it may have said already that it is ready.</param>
    public sealed record WatchReady(
        long Generation, string RunId, ServiceDefinition Definition, OutputStart? OutputFrom, bool IsAdopted) : ServiceEffect;

    /// <param name="Generation">The run.</param>
    /// <param name="RunId">Its id.</param>
    /// <param name="Definition">Says how to look.</param>
    /// <param name="StartedSinceBoot">When it was launched, by whichever daemon.</param>
    public sealed record WatchHealth(long Generation, string RunId, ServiceDefinition Definition, TimeSpan StartedSinceBoot) : ServiceEffect;

    public sealed record StopWatching : ServiceEffect;

    /// <summary>Replaces a restart timer that is set.</summary>
    public sealed record SetRestartTimer(long Generation, TimeSpan Delay) : ServiceEffect;

    public sealed record CancelRestartTimer : ServiceEffect;

    /// <summary>The service is no more: its log goes out of the way and its actor ends.</summary>
    public sealed record Drop : ServiceEffect;
}
