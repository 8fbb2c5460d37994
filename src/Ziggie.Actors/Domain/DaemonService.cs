using Ziggie.Processes;
using static Ziggie.Actors.Domain.ServiceEvents;
using static Ziggie.Actors.Domain.ServiceInputs;

namespace Ziggie.Actors.Domain;

/// <summary>
/// The service that shows the daemon itself. It runs as long as anybody can ask, so it is never launched, ended or probed: a daemon
/// that starts records a run with its own process.
/// </summary>
internal static class DaemonService
{
    public const string Name = "control-center-backend";

    public static bool IsDaemon(ServiceState state) => state.Definition?.Name == Name;

    /// <summary>False where the rules of any other service hold.</summary>
    public static bool Decide(Step step, ServiceInput input)
    {
        switch (input)
        {
            case DaemonStarted or LimitExceeded: return true;
            case ServiceInputs.Launched f: Appear(step, f.Process); return true;
            case DaemonStops: Disappear(step); return true;
            case Start:
                step.Refuse(RefusalCode.AlreadyRunning,
                    $"Service '{Name}' is already running (PID {step.State.Run?.Process?.Pid}): it is this daemon.");
                return true;
            case Stop:
                step.Refuse(RefusalCode.IsDaemon, $"Service '{Name}' is this daemon. End it with POST /api/daemon/stop or SIGTERM.");
                return true;
            case Restart:
                step.Refuse(RefusalCode.IsDaemon, $"Service '{Name}' is this daemon. Restart it with POST /api/daemon/restart or SIGHUP.");
                return true;
            case Remove:
                step.Refuse(RefusalCode.IsDaemon, $"Service '{Name}' is this daemon and cannot be removed.");
                return true;
            case SendSignal:
                step.Refuse(RefusalCode.IsDaemon, $"Service '{Name}' is this daemon; signal PID {step.State.Run?.Process?.Pid} by other means.");
                return true;
            default: return false;
        }
    }

    private static void Appear(Step step, ProcessIdentity process)
    {
        if (step.State.Run is { } before && before.Process == process) return;
        if (step.State.Run is { } old)
        {
            if (old.Exit is null) step.Add(new ServiceEvents.Exited(old.Generation, null, null, step.Moment.SinceBoot, step.Now));
            step.Add(new ServiceEvents.TreeGone(old.Generation, 0, step.Now));
        }
        var generation = step.State.Generation + 1;
        step.Add(new WantedUp(ServiceCore.Whys.Start, "daemon", step.Now));
        step.Add(new Launching(generation, step.Moment.NewRunId, step.Now));
        step.Add(new ServiceEvents.Launched(generation, process, step.Moment.SinceBoot, step.Now));
        step.Add(new BecameReady(generation, step.Now));
        step.Add(new HealthChanged(generation, Health.Healthy, "It answers you.", step.Now));
    }

    private static void Disappear(Step step)
    {
        if (step.State.Run is not { } run) return;
        step.Add(new Stopping(run.Generation, StopCause.Daemon, "The daemon stops.", step.Now));
        step.Add(new ServiceEvents.Exited(run.Generation, 0, null, step.Moment.SinceBoot, step.Now));
        step.Add(new ServiceEvents.TreeGone(run.Generation, 0, step.Now));
    }
}
