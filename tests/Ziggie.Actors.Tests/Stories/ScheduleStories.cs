using Xunit;
using Ziggie.Actors.Domain;
using Ziggie.Actors.Domain.Definitions;
using Ziggie.TestHarness;

namespace Ziggie.Actors.Tests.Stories;

public sealed class ScheduleStories : IDisposable
{
    private readonly Machine _machine = new();

    public void Dispose() => _machine.Dispose();

    private ServiceStory Job(string schedule) => _machine.Given("job", $"command: job\nrestart: never\nschedule: {schedule}\n");

    [Fact]
    public void A_job_starts_once_at_each_of_its_moments_and_not_before()
    {
        var job = Job("{ cron: '0 3 * * *', time_zone: UTC }").AlwaysDies(code: 0, after: TimeSpan.FromMinutes(10));

        Assert.Equal(0, job.Passes(TimeSpan.FromHours(3) - TimeSpan.FromSeconds(1)).Launches);
        Assert.Equal(1, job.Passes(TimeSpan.FromSeconds(1)).Launches);
        job.Passes(TimeSpan.FromHours(1)).Expect(Phase.Completed);
        Assert.Equal(8, job.Passes(TimeSpan.FromDays(7)).Launches);
    }

    [Fact]
    public void One_that_is_not_over_is_not_started_twice()
    {
        var job = Job("'*/10 * * * *'").AlwaysDies(code: 0, after: TimeSpan.FromMinutes(25));
        Assert.Equal(1, job.Passes(TimeSpan.FromMinutes(34)).Launches);
        Assert.Equal(2, job.Passes(TimeSpan.FromMinutes(10)).Launches);
    }

    [Fact]
    public void A_restart_by_the_clock_touches_only_what_is_to_run()
    {
        var leaky = _machine.Given("leaky", "command: x\nschedule: { cron: '0 * * * *', action: restart }\n").Running();
        Assert.Equal(2, leaky.Passes(TimeSpan.FromMinutes(61)).Launches);
        leaky.Stop();
        Assert.Equal(2, leaky.Passes(TimeSpan.FromHours(5)).Expect(Phase.Stopped).Launches);
    }

    [Fact]
    public void A_clock_that_is_set_back_does_not_bring_a_moment_twice_and_one_set_forward_brings_it()
    {
        var job = Job("{ cron: '0 3 * * *', time_zone: UTC }").AlwaysDies(code: 0, after: TimeSpan.FromMinutes(1));
        job.Passes(TimeSpan.FromHours(3.5));
        _machine.SetClockForward(TimeSpan.FromHours(-1));
        Assert.Equal(1, job.Passes(TimeSpan.FromHours(2)).Launches);
        _machine.SetClockForward(TimeSpan.FromHours(23));
        Assert.Equal(2, job.Passes(TimeSpan.FromMinutes(1)).Launches);
    }

    [Theory]
    [InlineData("2026-03-28T12:00:00Z", "2026-03-29T01:00:00Z")] // the hour from 2 to 3 is skipped: right after the gap
    [InlineData("2026-03-29T12:00:00Z", "2026-03-30T00:30:00Z")]
    [InlineData("2026-10-24T12:00:00Z", "2026-10-25T00:30:00Z")] // the hour comes twice: once
    [InlineData("2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z")]
    public void The_days_when_clocks_change_are_right(string after, string next)
    {
        var schedule = new SchedulePolicy("30 2 * * *", "Europe/Berlin", ScheduleAction.Start);
        Assert.Equal(Time(next), Schedules.Next(schedule, Time(after)));
    }

    [Theory]
    [InlineData("*/15 2 * * *", "2026-10-24T12:00:00Z", "2026-10-25T00:00:00Z 2026-10-25T00:15:00Z 2026-10-25T00:30:00Z 2026-10-25T00:45:00Z 2026-10-26T01:00:00Z")]
    [InlineData("0/20 1-2 * * *", "2027-10-31T00:10:00Z", "2027-10-31T00:20:00Z 2027-10-31T00:40:00Z 2027-11-01T00:00:00Z")]
    [InlineData("1-3 2 * * *", "2027-10-31T00:01:00Z", "2027-10-31T00:02:00Z 2027-10-31T00:03:00Z 2027-11-01T01:01:00Z")]
    [InlineData("0 */2 * * *", "2026-10-24T21:30:00Z", "2026-10-24T22:00:00Z 2026-10-25T00:00:00Z 2026-10-25T03:00:00Z")]
    [InlineData("*/30 * * * *", "2026-10-25T00:00:00Z", "2026-10-25T00:30:00Z 2026-10-25T01:00:00Z 2026-10-25T01:30:00Z 2026-10-25T02:00:00Z")]
    [InlineData("@hourly", "2026-10-25T00:00:00Z", "2026-10-25T01:00:00Z 2026-10-25T02:00:00Z")]
    [InlineData("2,3 2 * * *", "2026-10-25T00:02:00Z", "2026-10-25T00:03:00Z 2026-10-26T01:02:00Z")]
    public void An_hour_that_comes_twice_counts_once_unless_every_hour_is_meant(string cron, string after, string moments)
    {
        var schedule = new SchedulePolicy(cron, "Europe/Berlin", ScheduleAction.Start);
        var at = Time(after);
        foreach (var moment in moments.Split(' '))
        {
            at = Schedules.Next(schedule, at)!.Value;
            Assert.Equal(Time(moment), at.ToUniversalTime());
        }
    }

    [Fact]
    public void The_next_moment_is_shown_and_goes_with_the_schedule()
    {
        var job = Job("{ cron: '0 3 * * *', time_zone: UTC }").AlwaysDies(code: 0, after: TimeSpan.FromMinutes(1));
        var first = job.View.NextRunAt!.Value;
        Assert.Equal(3, first.UtcDateTime.Hour);

        Assert.Equal(first.AddDays(1), job.Passes(TimeSpan.FromHours(3)).View.NextRunAt);
        var changed = job.View.Definition with { Schedule = null };
        Assert.IsType<CommandReply.Done>(Machine.Answer(_machine.Control.ReplaceAsync("job", changed, takeOver: false, "story")));
        Assert.Null(job.Expect(Phase.Starting).View.NextRunAt);
    }

    [Fact]
    public void What_was_missed_is_done_once_when_that_is_asked_for()
    {
        var now = Time("2026-05-10T12:00:00Z");
        var state = ServiceState.Empty with { LastSlot = Time("2026-05-07T03:00:00Z") };
        var daily = new SchedulePolicy("0 3 * * *", "UTC", ScheduleAction.Start);

        Assert.Equal(now, Schedules.From(state, daily, null, now));
        var from = Schedules.From(state, daily with { CatchUp = true }, null, now);
        var missed = Schedules.Next(daily, from)!.Value;
        Assert.Equal(Time("2026-05-08T03:00:00Z"), missed);
        Assert.Equal(Time("2026-05-10T03:00:00Z"), Schedules.Latest(daily, missed, now));
    }

    [Fact]
    public void What_was_done_by_a_clock_that_was_years_ahead_holds_nothing_up()
    {
        var now = Time("2026-05-10T12:00:00Z");
        var daily = new SchedulePolicy("0 3 * * *", "UTC", ScheduleAction.Start);
        Assert.Equal(now, Schedules.From(ServiceState.Empty with { LastSlot = now.AddYears(3) }, daily, now, now));
        Assert.Equal(now.AddHours(1), Schedules.From(ServiceState.Empty with { LastSlot = now.AddHours(1) }, daily, now, now));
    }

    [Fact]
    public async Task Nothing_begins_by_the_clock_while_everything_ends()
    {
        var job = Job("'* * * * *'");
        var slow = _machine.Given("slow", "command: slow\nstop: { timeout: 10m }\n").NeedsToStop(TimeSpan.FromMinutes(5)).Running();
        var ending = _machine.Lifetime.StopAllAsync(CancellationToken.None);

        Assert.Equal(0, job.Passes(TimeSpan.FromMinutes(4)).Launches);
        Assert.True(slow.Process.IsAlive);
        job.Passes(TimeSpan.FromMinutes(2));
        await ending.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(0, job.Launches);
    }

    [Fact]
    public void Another_schedule_begins_with_its_next_moment()
    {
        var job = Job("{ cron: '0 20 * * *', time_zone: UTC }").AlwaysDies(code: 0, after: TimeSpan.FromMinutes(1));
        job.Passes(TimeSpan.FromHours(12));
        var changed = job.View.Definition with { Schedule = job.View.Definition.Schedule! with { Cron = "0 10 * * *" } };
        Assert.IsType<CommandReply.Done>(Machine.Answer(_machine.Control.ReplaceAsync("job", changed, takeOver: false, "story")));

        Assert.Equal(0, job.Passes(TimeSpan.FromHours(21)).Launches);
        Assert.Equal(1, job.Passes(TimeSpan.FromHours(2)).Launches);
    }

    [Fact]
    public void Of_very_many_missed_moments_it_is_the_last_one_too()
    {
        var now = Time("2026-05-10T12:00:00.500Z");
        Assert.Equal(Time("2026-05-10T12:00:00Z"), Schedules.Latest(new("* * * * *", "UTC", ScheduleAction.Start), Time("2026-05-07T03:00:00Z"), now));
        Assert.Equal(Time("2026-05-10T12:00:00Z"), Schedules.Latest(new("* * * * * *", "UTC", ScheduleAction.Start), Time("2025-05-07T03:00:00Z"), now));
        Assert.Equal(Time("2024-02-29T03:00:00Z"), Schedules.Latest(new("0 3 29 2 *", "UTC", ScheduleAction.Start), Time("2024-02-29T03:00:00Z"), now));
    }

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
