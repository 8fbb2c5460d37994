using Xunit;
using Ziggie.Actors.Domain;
using Ziggie.Actors.Domain.Definitions;
using Ziggie.TestHarness;

namespace Ziggie.Actors.Tests.Stories;

/// <summary>Restart rules that change while a restart is planned.</summary>
public sealed class ChangedRulesStories : IDisposable
{
    private const string Slow = "command: x\nrestart: { delay: 20s, jitter: 0 }\n";
    private const string GivesUp = "command: x\nrestart: { budget: 0, retry_every: 10m }\n";

    private readonly Machine _machine = new();

    public void Dispose() => _machine.Dispose();

    [Fact]
    public void Rules_that_become_never_take_a_planned_restart_back()
    {
        var api = WaitsForItsSecondRestart(Slow, code: 1);

        Change(api, rules => rules with { Policy = RestartMode.Never }).Expect(Phase.Failed, "Its restart rules have changed: no restart follows.");

        Assert.Null(api.View.NextRestartAt);
        Assert.Equal(1, api.View.Restarts);
        Assert.Equal(2, api.Passes(TimeSpan.FromHours(1)).Launches);
    }

    [Fact]
    public void What_ended_well_and_is_not_restarted_any_more_is_completed()
    {
        var loop = _machine.Given("loop", "command: x\nrestart: { policy: always, delay: 20s, jitter: 0 }\n").Running();
        loop.Dies(code: 0).Expect(Phase.Backoff);

        Change(loop, rules => rules with { Policy = RestartMode.OnFailure }).Expect(Phase.Completed, "Exited with code 0 after 1s. Its restart rules");

        Assert.Equal(1, loop.Passes(TimeSpan.FromHours(1)).Launches);
    }

    [Fact]
    public void A_shorter_delay_counts_from_the_end_of_the_run_and_a_longer_one_changes_nothing()
    {
        var api = WaitsForItsSecondRestart(Slow, code: 1);
        var planned = api.View.NextRestartAt;

        Assert.Equal(planned, Change(api, rules => rules with { Delay = TimeSpan.FromSeconds(40) }).View.NextRestartAt);
        api.Passes(TimeSpan.FromSeconds(2));
        Change(api, rules => rules with { Delay = TimeSpan.FromSeconds(5) }).Expect(Phase.Backoff);

        Assert.Equal(2, api.View.Restarts);
        Assert.Equal(2, api.Passes(TimeSpan.FromSeconds(2.9)).Launches);
        Assert.Equal(3, api.Passes(TimeSpan.FromSeconds(0.2)).Launches);
    }

    [Fact]
    public void A_delay_that_would_be_over_by_now_restarts_at_once()
    {
        var api = WaitsForItsSecondRestart(Slow, code: 1).Passes(TimeSpan.FromSeconds(6));

        Change(api, rules => rules with { Delay = TimeSpan.FromSeconds(5) }).Expect(Phase.Starting);
    }

    [Fact]
    public void A_budget_that_is_spent_by_now_ends_the_restarts()
    {
        var api = WaitsForItsSecondRestart(Slow, code: 1);

        Change(api, rules => rules with { Budget = 1 }).Expect(Phase.Failed, "Gave up after 1 restart in 10m.");

        Assert.Equal(2, api.Passes(TimeSpan.FromHours(1)).Launches);
    }

    [Fact]
    public void A_change_of_something_else_leaves_the_plan_alone()
    {
        var api = WaitsForItsSecondRestart("command: x\n", code: 1);
        var planned = api.View.NextRestartAt;

        Replace(api, api.View.Definition with { Description = "Changed", Command = ["y"] }).Expect(Phase.Backoff);

        Assert.Equal(planned, api.View.NextRestartAt);
    }

    [Theory]
    [InlineData(RestartMode.Never, true)]
    [InlineData(RestartMode.OnFailure, false)]
    public void Without_its_retry_what_was_given_up_stays_so(RestartMode mode, bool retries)
    {
        var api = _machine.Given("api", GivesUp).Running().Dies().Expect(Phase.Failed, "The next try is in 10m");

        Change(api, rules => rules with { Policy = mode, RetryEvery = retries ? rules.RetryEvery : null }).Expect(Phase.Failed, "no restart follows");

        Assert.Null(api.View.NextRestartAt);
        Assert.Equal(1, api.Passes(TimeSpan.FromHours(1)).Launches);
    }

    [Fact]
    public void A_retry_that_is_new_or_comes_sooner_is_planned_for_what_was_given_up()
    {
        var api = _machine.Given("api", "command: x\nrestart: { budget: 0 }\n").Running().Dies().Expect(Phase.Failed, "Gave up");

        Change(api, rules => rules with { RetryEvery = TimeSpan.FromMinutes(10) }).Expect(Phase.Failed, "the next try is in 10m.");
        api.Passes(TimeSpan.FromMinutes(1));
        Change(api, rules => rules with { RetryEvery = TimeSpan.FromMinutes(3) }).Expect(Phase.Failed, "the next try is in 2m.");

        Assert.Equal(1, api.Passes(TimeSpan.FromSeconds(119)).Launches);
        Assert.Equal(2, api.Passes(TimeSpan.FromSeconds(2)).Launches);
    }

    [Fact]
    public void What_is_left_of_the_run_still_ends_and_nothing_follows()
    {
        var api = _machine.Given("api").Running().Forks();
        api.Dies().Expect(Phase.Backoff);

        Change(api, rules => rules with { Policy = RestartMode.Never }).Passes(TimeSpan.FromHours(1)).Expect(Phase.Failed, "no restart follows");

        Assert.Empty(api.Process.Descendants);
        Assert.Equal(1, api.Launches);
    }

    private ServiceStory WaitsForItsSecondRestart(string yaml, int code) =>
        _machine.Given("api", yaml).Running().Dies(code).Dies(code).Expect(Phase.Backoff);

    private ServiceStory Change(ServiceStory service, Func<RestartPolicy, RestartPolicy> change) =>
        Replace(service, service.View.Definition with { Restart = change(service.View.Definition.Restart) });

    private ServiceStory Replace(ServiceStory service, ServiceDefinition definition)
    {
        Assert.IsType<CommandReply.Done>(Machine.Answer(_machine.Control.ReplaceAsync(service.Name, definition, takeOver: false, "story")));
        return service;
    }
}
