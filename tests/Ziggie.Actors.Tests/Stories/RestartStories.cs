using Xunit;
using Ziggie.Actors.Domain;
using Ziggie.TestHarness;

namespace Ziggie.Actors.Tests.Stories;

public sealed class RestartStories : IDisposable
{
    private readonly Machine _machine = new();

    public void Dispose() => _machine.Dispose();

    [Fact]
    public void A_process_that_dies_after_three_seconds_is_back_at_once()
    {
        var api = _machine.Given("api").Running();

        api.Dies(code: 1, after: TimeSpan.FromSeconds(3)).Expect(Phase.Starting);

        Assert.Equal(2, api.Launches);
        Assert.Equal(1, api.View.Restarts);
        Assert.Equal(1, api.View.LastExit!.Code);
    }

    [Fact]
    public void A_crash_loop_slows_down_and_ends_in_failed_within_its_budget()
    {
        var api = _machine.Given("api").AlwaysDies(code: 3, after: TimeSpan.FromMilliseconds(100));

        var reply = Assert.IsType<CommandReply.Refused>(api.Start());
        api.Passes(TimeSpan.FromHours(10)).Expect(Phase.Failed, "Gave up after 10 restarts in 10m");

        Assert.Equal(RefusalCode.StartFailed, reply.Code);
        Assert.Contains("Exited with code 3 after 100ms. Restart 1 follows at once.", reply.Detail);
        Assert.Equal(11, api.Launches);
    }

    [Fact]
    public void Without_any_delay_the_restarts_go_on_beyond_all_exponents()
    {
        var api = _machine.Given("api", "command: x\nrestart: { policy: always, delay: 0s, factor: 1000, budget: 100000 }\n")
            .AlwaysDies(code: 1, after: TimeSpan.FromSeconds(2));
        api.Start();
        Assert.InRange(api.Passes(TimeSpan.FromSeconds(600)).Launches, 290, 301);
    }

    [Fact]
    public void A_stable_run_resets_the_delay_but_not_the_budget()
    {
        var api = _machine.Given("api", "command: x\nrestart: { budget: 3, window: 10m }\n").AlwaysDies(code: 1, after: TimeSpan.FromSeconds(90));
        api.Start();

        api.Passes(TimeSpan.FromSeconds(88 + 90 * 2)).Expect(Phase.Running);
        api.Passes(TimeSpan.FromSeconds(92)).Expect(Phase.Failed, "Gave up after 3 restarts in 10m");
    }

    [Fact]
    public void A_stop_during_the_delay_cancels_it_and_a_restart_during_it_starts_now()
    {
        var api = _machine.Given("api").Running();
        api.Dies().Dies().Expect(Phase.Backoff);
        Assert.Equal(ServiceStatus.Failed, api.View.Status);
        Assert.NotNull(api.View.NextRestartAt);

        Assert.IsType<CommandReply.Done>(api.Stop());
        Assert.Equal(2, api.Passes(TimeSpan.FromHours(1)).Expect(Phase.Stopped).Launches);

        api.Running().Dies().Dies().Expect(Phase.Backoff);
        var before = _machine.Now;
        Assert.IsType<CommandReply.Done>(api.Restart());
        Assert.Equal(TimeSpan.FromSeconds(1), _machine.Now - before);
    }

    [Fact]
    public void Exit_0_is_completed_under_on_failure_and_restarts_with_a_delay_under_always()
    {
        var job = _machine.Given("job").Running();
        var loop = _machine.Given("loop", "command: x\nrestart: always\n").Running();

        job.Dies(code: 0).Expect(Phase.Completed);
        loop.Dies(code: 0).Expect(Phase.Backoff);

        Assert.Equal(1, job.Passes(TimeSpan.FromMinutes(1)).Launches);
        Assert.Equal(2, loop.Expect(Phase.Running).Launches);
    }

    [Fact]
    public void Whoever_starts_what_ends_well_and_is_restarted_is_told_so()
    {
        var loop = _machine.Given("loop", "command: x\nrestart: { policy: always, delay: 5s, jitter: 0 }\n").AlwaysDies(code: 0, after: TimeSpan.FromMilliseconds(100));

        Assert.Equal(
            "Service 'loop' ran to its end. Exited with code 0 after 100ms. Restart 1 follows in 5s.",
            Assert.IsType<CommandReply.Done>(loop.Start()).Message);
    }

    [Fact]
    public void A_listed_code_is_clean_and_a_signal_never_is()
    {
        const string yaml = "command: x\nrestart: { success_exit_codes: [0, 143] }\n";
        _machine.Given("clean", yaml).Running().Dies(code: 143).Expect(Phase.Completed);
        _machine.Given("killed", yaml).Running().IsKilled(15).Expect(Phase.Starting);
    }

    [Fact]
    public void What_a_dead_process_left_behind_is_ended_before_the_next_one_starts()
    {
        var api = _machine.Given("api").Running().Forks();
        var first = api.Process;

        api.Dies(code: 1).Expect(Phase.Backoff);
        Assert.Equal(1, api.Launches);
        api.Passes(TimeSpan.FromSeconds(11)).Expect(Phase.Starting);

        Assert.Empty(first.Descendants);
        Assert.Equal(2, api.Launches);
    }

    [Fact]
    public void After_giving_up_it_is_tried_again_once_in_a_long_while_when_asked_for()
    {
        var api = _machine.Given("api", "command: x\nrestart: { budget: 1, window: 1m, retry_every: 1h }\n")
            .AlwaysDies(code: 1, after: TimeSpan.FromMilliseconds(10));
        api.Start();
        api.Passes(TimeSpan.FromMinutes(1)).Expect(Phase.Failed, "The next try is in 1h");
        Assert.Equal(2, api.Launches);

        Assert.True(api.Passes(TimeSpan.FromHours(1)).Launches > 2);
    }

    [Fact]
    public void A_wall_clock_that_jumps_an_hour_disturbs_no_delay_and_no_budget()
    {
        var api = _machine.Given("api").Running();
        api.Dies().Dies().Expect(Phase.Backoff);

        _machine.SetClockForward(TimeSpan.FromHours(-1));
        api.Passes(TimeSpan.FromMilliseconds(250)).Expect(Phase.Starting);
    }

    [Fact]
    public void Health_that_fails_often_enough_restarts_the_service_and_a_single_failure_does_not()
    {
        var web = _machine.Given("web", "command: x\nready: 1s\nhealth: { tcp: 81, interval: 10s, failures: 3 }\n");
        _machine.Network.Accept(81);
        web.Running().Passes(TimeSpan.FromSeconds(10));
        Assert.Equal(Health.Healthy, web.View.Health);

        _machine.Network.Refuse(81);
        web.Passes(TimeSpan.FromSeconds(29)).Expect(Phase.Running);
        Assert.Equal(1, web.Launches);
        web.Passes(TimeSpan.FromSeconds(2));

        Assert.Equal(2, web.Launches);
    }
}
