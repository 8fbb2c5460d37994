using Xunit;
using Ziggie.Actors.Domain;
using Ziggie.Actors.Tests.Definitions;

namespace Ziggie.Actors.Tests.Rules;

public sealed class RebootTests
{
    private static readonly DateTimeOffset Now = new(2026, 5, 10, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("old", 20, 40)] // the same boot: its own clock says when
    [InlineData("new", 20, 20)]
    [InlineData("new", -300, 0)] // while the machine was off
    [InlineData("new", 100_000, 60)] // by a wall clock that was wrong: no later than the rule says
    public void What_had_given_up_is_tried_again_in_the_time_that_is_left(string boot, int minutesByTheWallClock, int expectedMinutes)
    {
        var sinceBoot = TimeSpan.FromDays(30);
        var state = ServiceState.Empty with
        {
            Definition = Read.Valid("restart: { budget: 0, retry_every: 1h }\n"),
            Desired = Desired.Up,
            DesiredBy = "story",
            Phase = Phase.Failed,
            LastBootId = "old",
            NextRestartAt = Now.AddMinutes(minutesByTheWallClock),
            NextRestartSinceBoot = sinceBoot + TimeSpan.FromMinutes(40),
        };
        var moment = new Moment(Now, boot == "old" ? sinceBoot : TimeSpan.FromMinutes(1), boot, "run", 0.5);
        var timer = Assert.IsType<ServiceEffects.SetRestartTimer>(Assert.Single(ServiceCore.Decide(state, new ServiceInputs.DaemonStarted(), moment).Effects));
        Assert.Equal(TimeSpan.FromMinutes(expectedMinutes), timer.Delay);
    }
}
