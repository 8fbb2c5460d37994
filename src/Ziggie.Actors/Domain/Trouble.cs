using static Ziggie.Actors.Domain.ServiceEvents;

namespace Ziggie.Actors.Domain;

/// <summary>What somebody wants to be told at night.</summary>
public enum TroubleKind
{
    /// <summary>A run ended or did not come up, though it was wanted.</summary>
    Failed,

    /// <summary>The restart rules gave up.</summary>
    GaveUp,

    Unhealthy,

    /// <summary>Ready or healthy again after one of the others.</summary>
    Recovered,
}

/// <summary>Tells from an event, and from what was before it, whether it is trouble or its end.</summary>
public static class Trouble
{
    /// <summary>Null for everything else.</summary>
    public static TroubleKind? Of(ServiceState before, IServiceEvent happened) => happened switch
    {
        // Whoever changed the rules afterwards knows what follows.
        GaveUp when before.LastEnd?.Next is null => TroubleKind.GaveUp,
        HealthChanged { Health: Health.Unhealthy } => TroubleKind.Unhealthy,
        HealthChanged { Health: Health.Healthy } when before.Health == Health.Unhealthy => TroubleKind.Recovered,
        Stopping { Cause: StopCause.NotReady or StopCause.Limit } => TroubleKind.Failed,
        WaitTimedOut => TroubleKind.Failed,
        LaunchFailed when before is { Desired: Desired.Up, Run.StopCause: null } => TroubleKind.Failed,
        Exited e when before is { Desired: Desired.Up, Run: { StopCause: null } run } && !IsSuccess(run, e) => TroubleKind.Failed,
        BecameReady when before.LastEnd is { Succeeded: false } => TroubleKind.Recovered,
        _ => null,
    };

    private static bool IsSuccess(Run run, Exited e) => e.Code is { } code && run.Definition.Restart.SuccessExitCodes.Contains(code);
}
