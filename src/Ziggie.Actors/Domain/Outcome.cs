using Ziggie.Processes;

namespace Ziggie.Actors.Domain;

/// <summary>Somebody who waits until what they asked for is so.</summary>
/// <param name="Kind">What was asked for.</param>
/// <param name="Generation">For up: the first run that will do. For down: the last run that must be gone.</param>
public sealed record Awaited(AwaitedKind Kind, long Generation)
{
    /// <summary>What a command that was accepted waits for, given the state after its events; null when it waits for nothing.</summary>
    public static Awaited? For(ServiceInput command, ServiceState after) => command switch
    {
        ServiceInputs.Start => new Awaited(AwaitedKind.Started, FirstRun(after)),
        ServiceInputs.Restart => new Awaited(AwaitedKind.Restarted, FirstRun(after)),
        ServiceInputs.Define => new Awaited(after.WantedUpFor == ServiceCore.Whys.Restart ? AwaitedKind.Restarted : AwaitedKind.Started, FirstRun(after)),
        ServiceInputs.Stop => new Awaited(AwaitedKind.Stopped, after.Generation),
        ServiceInputs.Remove => new Awaited(AwaitedKind.Removed, after.Generation),
        ServiceInputs.DaemonStops => new Awaited(AwaitedKind.Quiet, after.Generation),
        _ => null,
    };

    private static long FirstRun(ServiceState after) => after.LaunchPending ? after.Generation + 1 : after.Generation;
}

public enum AwaitedKind { Started, Restarted, Stopped, Removed, Quiet }

/// <summary>Whether what somebody waits for has come, or can no longer come.</summary>
public static class Outcome
{
    /// <summary>The answer; null while it is open.</summary>
    public static CommandReply? Of(Awaited awaited, ServiceState state) => awaited.Kind switch
    {
        AwaitedKind.Quiet => state.Run is null ? new CommandReply.Done("Quiet.") : null,
        AwaitedKind.Stopped => OfStop(awaited, state),
        AwaitedKind.Removed => OfRemoval(awaited, state),
        _ => OfStart(awaited, state),
    };

    private static CommandReply? OfStop(Awaited awaited, ServiceState state)
    {
        if (state.Desired == Desired.Up) return Superseded(state, "stop", "start");
        if (state.Run is { } run && run.Generation <= awaited.Generation) return null;
        var name = Name(state);
        return new CommandReply.Done(state.LastKilled > 0
            ? $"Service '{name}' stopped; {Count(state.LastKilled)} had to be killed"
            : $"Service '{name}' stopped successfully");
    }

    private static CommandReply? OfRemoval(Awaited awaited, ServiceState state)
    {
        if (state.IsRemoved) return new CommandReply.Done($"Service '{Name(state)}' removed.");
        return state.RemovePending || state.Run?.Generation <= awaited.Generation && state.Desired == Desired.Down
            ? null
            : Superseded(state, "removal", "start");
    }

    private static CommandReply? OfStart(Awaited awaited, ServiceState state)
    {
        var name = Name(state);
        var verb = awaited.Kind == AwaitedKind.Restarted ? "restarted" : "started";
        if (state.IsRemoved) return new CommandReply.Refused(RefusalCode.UnknownService, $"Service '{name}' was removed.");
        if (state.Run is { StopCause: StopCause.Daemon } || state is { Phase: Phase.Stopped, Desired: Desired.Up, LaunchPending: false })
            return new CommandReply.Refused(RefusalCode.Stopping, "The daemon is stopping; the service starts with the next one.");
        if (state.Desired == Desired.Down) return Superseded(state, awaited.Kind == AwaitedKind.Restarted ? "restart" : "start", "stop");
        if (state.Generation >= awaited.Generation && state is { Phase: Phase.Running, Run.Process: { } process })
            return new CommandReply.Done($"Service '{name}' {verb} successfully", process.Pid);
        if (state.LastEnd is not { } end || end.Generation < awaited.Generation) return null;
        var next = end.Next is null ? "" : $" {end.Next}";
        if (end.Succeeded) return new CommandReply.Done($"Service '{name}' ran to its end. {end.Reason}{next}");
        return new CommandReply.Refused(CodeOf(end.Failure), end.Failure is null
            ? $"Service '{name}' failed to start: {end.Reason}{next}"
            : $"{end.Reason}{next}");
    }

    private static CommandReply.Refused Superseded(ServiceState state, string what, string by) => new(
        RefusalCode.Superseded, $"The {what} of '{Name(state)}' was superseded by a {by} from {state.DesiredBy ?? "daemon"}.");

    private static RefusalCode CodeOf(LaunchFailure? failure) => failure switch
    {
        LaunchFailure.ProgramMissing => RefusalCode.ProgramMissing,
        LaunchFailure.NotExecutable => RefusalCode.NotExecutable,
        LaunchFailure.FolderMissing => RefusalCode.FolderMissing,
        LaunchFailure.UserUnknown => RefusalCode.UserUnknown,
        LaunchFailure.NotPermitted => RefusalCode.NotPermitted,
        LaunchFailure.PortInUse => RefusalCode.PortInUse,
        LaunchFailure.EnvironmentInvalid => RefusalCode.EnvironmentInvalid,
        LaunchFailure.DependencyMissing => RefusalCode.DependencyNotReady,
        _ => RefusalCode.StartFailed,
    };

    private static string Name(ServiceState state) => state.Definition?.Name ?? "";

    private static string Count(int processes) => processes == 1 ? "1 process" : $"{processes} processes";
}
