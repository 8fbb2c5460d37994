using System.Collections.Immutable;
using Ziggie.Actors.Domain;
using Ziggie.Actors.Domain.Definitions;
using Ziggie.Processes;

namespace Ziggie.Persistence.Tests.Serialization;

/// <summary>One of each kind of thing in the store, by its name there, and of each shape that it ever had: what the golden files say.</summary>
internal static class Samples
{
    private static readonly DateTimeOffset At = new(2026, 3, 1, 12, 0, 0, 250, TimeSpan.Zero);
    private static readonly TimeSpan SinceBoot = TimeSpan.FromMilliseconds(93784005.5);
    private static readonly ProcessIdentity Process = new(4711, 8123456, "0b9c6a1e-6d3f-4c5e-9d43-3a3f1d2c7e55");

    private static readonly ServiceDefinition Definition = new()
    {
        Name = "api",
        Description = "Grüße & <b>",
        Command = ["dotnet", "Shop.Api.dll"],
        Cwd = "/srv/shop",
        Port = 5000,
        Env = ImmutableSortedDictionary<string, string>.Empty.Add("DB_PASSWORD", "s3cret"),
        Autostart = true,
        DependsOn = ImmutableSortedDictionary<string, DependencyCondition>.Empty.Add("db", DependencyCondition.Ready),
        Restart = RestartPolicy.Default with { Policy = RestartMode.Always, Budget = 3 },
    };

    private static readonly RegistryEvents.ApplyBegun Apply = new("file", [new AppliedService(Definition, "file:/etc/ziggie.yaml")], ["old"], "ada", At);

    private static readonly RegistryState Registry = new(7, ImmutableDictionary<int, string>.Empty.Add(3, "api"), true);

    public static ServiceState State { get; } = new()
    {
        Definition = Definition,
        Desired = Desired.Up,
        DesiredBy = "ada",
        Phase = Phase.Running,
        Reason = "Restarted after exit 3.",
        Run = new Run
        {
            Generation = 4,
            RunId = "r-4",
            Definition = Definition,
            Process = Process,
            StartedAt = At,
            StartedSinceBoot = SinceBoot,
            IsReady = true,
            Exit = ExitStatus.Signaled(9),
            StopCause = StopCause.NotReady,
        },
        Generation = 4,
        LastExit = new LastExit(3, null, At),
        LastBootId = Process.BootId,
        LastKilled = 2,
        Restarts = 1,
        DelayStep = 1,
        RecentRestarts = [SinceBoot],
        NextRestartAt = At,
        NextRestartSinceBoot = SinceBoot,
        Health = Health.Unhealthy,
        HealthMessage = "503",
        CreatedAt = At,
        UpdatedAt = At,
        IsRemoved = true,
        WantedUpFor = "restart",
        LaunchPending = true,
        RemovePending = true,
        LastEnd = new RunEnd(3, false, LaunchFailure.PortInUse, "Port 5000 is in use.", "Restart 1 follows at once."),
    };

    public static IReadOnlyDictionary<string, object> All { get; } = new SortedDictionary<string, object>(StringComparer.Ordinal)
    {
        ["service.defined.v1"] = new ServiceEvents.Defined(Definition, "ada", At),
        ["service.defined.v1+1-origin"] = new ServiceEvents.Defined(Definition, "ada", At, "file:/etc/ziggie.yaml"),
        ["service.wanted_up.v1"] = new ServiceEvents.WantedUp("start", "ada", At),
        ["service.wanted_down.v1"] = new ServiceEvents.WantedDown("stop", "ada", At),
        ["service.waiting.v1"] = new ServiceEvents.Waiting("Waiting for 'db' to be ready (it is starting).", SinceBoot, At),
        ["service.wait_timed_out.v1"] = new ServiceEvents.WaitTimedOut(5, "Gave up after 1m: Waiting for 'db' to be ready.", At),
        ["service.schedule_fired.v1"] = new ServiceEvents.ScheduleFired(At, "Its last run (PID 4711) is not over.", At),
        ["service.launching.v1"] = new ServiceEvents.Launching(4, "r-4", At),
        ["service.launched.v1"] = new ServiceEvents.Launched(4, Process, SinceBoot, At),
        ["service.launched.v1+1-output"] = new ServiceEvents.Launched(4, Process, SinceBoot, At) { OutputFrom = new OutputStart(1234, 56) },
        ["service.launch_failed.v1"] = new ServiceEvents.LaunchFailed(4, LaunchFailure.ProgramMissing, "There is no program 'dotnet'.", At),
        ["service.became_ready.v1"] = new ServiceEvents.BecameReady(4, At),
        ["service.stopping.v1"] = new ServiceEvents.Stopping(4, StopCause.NotReady, "It was not ready in 60 s.", At),
        ["service.exited.v1"] = new ServiceEvents.Exited(4, null, 9, SinceBoot, At),
        ["service.tree_gone.v1"] = new ServiceEvents.TreeGone(4, 2, At),
        ["service.restart_planned.v1"] = new ServiceEvents.RestartPlanned(4, TimeSpan.FromMilliseconds(250), SinceBoot, "It ended with exit 3.", At),
        ["service.gave_up.v1"] = new ServiceEvents.GaveUp(4, "Gave up after 10 restarts in 10m.", TimeSpan.FromHours(1), SinceBoot, At),
        ["service.health_changed.v1"] = new ServiceEvents.HealthChanged(4, Health.Unhealthy, null, At),
        ["service.removed.v1"] = new ServiceEvents.Removed("ada", At),
        ["service.state.v1"] = State,
        ["service.state.v1+1-origin"] = State with { Origin = "file:/etc/ziggie.yaml" },
        ["service.state.v1+2-waiting"] = State with
        {
            Origin = "file:/etc/ziggie.yaml",
            Run = State.Run! with { OutputFrom = new OutputStart(1234, null) },
            WaitingSinceBoot = SinceBoot,
            LastSlot = At,
        },
        ["registry.registered.v1"] = new RegistryEvents.Registered(7, "api", At),
        ["registry.dropped.v1"] = new RegistryEvents.Dropped(7, At),
        ["registry.seeded.v1"] = new RegistryEvents.Seeded(At),
        ["registry.apply_begun.v1"] = Apply,
        ["registry.apply_ended.v1"] = new RegistryEvents.ApplyEnded(At),
        ["registry.state.v1"] = Registry,
        ["registry.state.v1+1-pending"] = Registry with { Pending = Apply },
    };
}
