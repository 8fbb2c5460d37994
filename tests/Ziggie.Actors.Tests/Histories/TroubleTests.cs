using Xunit;
using Ziggie.Actors.Domain;
using Ziggie.Actors.Domain.Definitions;
using static Ziggie.Actors.Domain.ServiceEvents;

namespace Ziggie.Actors.Tests.Histories;

/// <summary>What wakes somebody at night, and what does not.</summary>
public sealed class TroubleTests
{
    private static readonly DateTimeOffset At = new(2026, 3, 1, 3, 12, 0, TimeSpan.Zero);
    private static readonly ServiceDefinition Definition = new() { Name = "api", Command = ["sleep", "60"] };
    private static readonly Exited Crash = new(1, 3, null, TimeSpan.Zero, At);

    private static readonly ServiceState Up = ServiceState.Empty with
    {
        Definition = Definition,
        Desired = Desired.Up,
        Phase = Phase.Running,
        Run = new Run { Generation = 1, RunId = "r", Definition = Definition },
    };

    [Fact]
    public void A_run_that_was_wanted_and_ends_without_success_has_failed()
    {
        Assert.Equal(TroubleKind.Failed, Trouble.Of(Up, Crash));
        Assert.Equal(TroubleKind.Failed, Trouble.Of(Up, Crash with { Code = null, Signal = 9 }));
        Assert.Equal(TroubleKind.Failed, Trouble.Of(Up, Crash with { Code = null }));
        Assert.Null(Trouble.Of(Up, Crash with { Code = 0 }));
        Assert.Null(Trouble.Of(Up with { Run = Up.Run! with { StopCause = StopCause.Wanted } }, Crash));
        Assert.Null(Trouble.Of(Up with { Desired = Desired.Down }, Crash));
    }

    [Fact]
    public void A_run_that_does_not_come_up_has_failed_unless_it_was_called_off()
    {
        var failed = new LaunchFailed(1, Ziggie.Processes.LaunchFailure.ProgramMissing, "There is none.", At);
        Assert.Equal(TroubleKind.Failed, Trouble.Of(Up, failed));
        Assert.Null(Trouble.Of(Up with { Run = Up.Run! with { StopCause = StopCause.Wanted } }, failed));
        Assert.Equal(TroubleKind.Failed, Trouble.Of(Up, new Stopping(1, StopCause.NotReady, "", At)));
        Assert.Equal(TroubleKind.Failed, Trouble.Of(Up, new Stopping(1, StopCause.Limit, "", At)));
        Assert.Null(Trouble.Of(Up, new Stopping(1, StopCause.Wanted, "", At)));
        Assert.Equal(TroubleKind.Failed, Trouble.Of(Up, new WaitTimedOut(2, "", At)));
    }

    [Fact]
    public void What_was_in_trouble_recovers_when_it_is_ready_or_healthy_again_and_nothing_else_does()
    {
        var failed = Up with { LastEnd = new RunEnd(1, false, null, "", null) };
        Assert.Equal(TroubleKind.Recovered, Trouble.Of(failed, new BecameReady(2, At)));
        Assert.Null(Trouble.Of(Up, new BecameReady(2, At)));
        Assert.Null(Trouble.Of(Up with { LastEnd = new RunEnd(1, true, null, "", null) }, new BecameReady(2, At)));
        Assert.Equal(TroubleKind.Unhealthy, Trouble.Of(Up, new HealthChanged(1, Health.Unhealthy, null, At)));
        Assert.Equal(TroubleKind.Recovered, Trouble.Of(Up with { Health = Health.Unhealthy }, new HealthChanged(1, Health.Healthy, null, At)));
        Assert.Null(Trouble.Of(Up, new HealthChanged(1, Health.Healthy, null, At)));
        Assert.Equal(TroubleKind.GaveUp, Trouble.Of(failed, new GaveUp(1, "", null, TimeSpan.Zero, At)));
        Assert.Null(Trouble.Of(Up with { LastEnd = failed.LastEnd! with { Next = "Restart 1 follows in 1s." } }, new GaveUp(1, "", null, TimeSpan.Zero, At)));
    }
}
