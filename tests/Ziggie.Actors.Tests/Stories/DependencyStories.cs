using Xunit;
using Ziggie.Actors.Domain;
using Ziggie.Actors.Live;
using Ziggie.TestHarness;

namespace Ziggie.Actors.Tests.Stories;

public sealed class DependencyStories : IDisposable
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly Machine _machine = new();

    public void Dispose() => _machine.Dispose();

    private ServiceStory Database() => _machine.Given("db", "command: db\nport: 5432\nrestart: never\n");

    private ServiceStory Api(string more = "") => _machine.Given("api", $"command: api\ndepends_on: {{ db: ready }}\n{more}");

    [Fact]
    public void A_start_brings_what_it_depends_on_and_waits_until_that_is_ready()
    {
        var (db, api) = (Database(), Api());

        var answer = api.StartLater();
        api.Passes(Second * 5).Expect(Phase.Waiting, "Waiting for 'db' to be ready (it is starting).");
        Assert.Equal((1, 0), (db.Launches, api.Launches));

        _machine.Network.Accept(5432);
        api.Passes(Second * 3).Expect(Phase.Running);
        Assert.IsType<CommandReply.Done>(Machine.Answer(answer));
        Assert.Equal((1, 1), (db.Launches, api.Launches));
        Assert.True(db.Process.Identity.StartTime < api.Process.Identity.StartTime);
    }

    [Fact]
    public void One_that_never_becomes_ready_is_the_reason_and_the_wait_has_an_end()
    {
        Database();
        var api = Api("ready: { grace: 1s, timeout: 30s }\nrestart: never\n");

        var refused = Assert.IsType<CommandReply.Refused>(api.Start());

        Assert.Equal(RefusalCode.DependencyNotReady, refused.Code);
        Assert.Contains("Gave up after 30s: Waiting for 'db' to be ready", refused.Detail, StringComparison.Ordinal);
        api.Expect(Phase.Failed, "'db' to be ready");
        Assert.Equal(0, api.Launches);
    }

    [Fact]
    public void A_wait_that_failed_is_tried_again_by_the_restart_rules()
    {
        var db = Database();
        var api = Api();
        api.StartLater();
        api.Passes(TimeSpan.FromMinutes(3));
        db.Expect(Phase.Failed, "Not ready within 1m");
        api.Expect(Phase.Waiting, "it has failed: Not ready within 1m");
        Assert.InRange(api.View.Restarts, 1, 3);

        _machine.Network.Accept(5432);
        db.Running();
        api.Passes(Second * 2).Expect(Phase.Running);
    }

    [Fact]
    public void A_stop_while_it_waits_is_at_once_and_it_can_be_started_again()
    {
        var (db, api) = (Database(), Api());
        var answer = api.StartLater();
        api.Passes(Second).Expect(Phase.Waiting);

        var before = _machine.Now;
        Assert.IsType<CommandReply.Done>(api.Stop());
        Assert.Equal(before, _machine.Now);
        Assert.Equal(RefusalCode.Superseded, Assert.IsType<CommandReply.Refused>(Machine.Answer(answer)).Code);

        _machine.Network.Accept(5432);
        api.Passes(TimeSpan.FromMinutes(5)).Expect(Phase.Stopped);
        Assert.Equal(0, api.Launches);
        Assert.IsType<CommandReply.Done>(api.Start());
        Assert.Equal((1, 1), (db.Launches, api.Launches));
    }

    [Fact]
    public void A_crash_does_not_pass_the_gate_while_what_it_depends_on_is_down()
    {
        _machine.Network.Accept(5432);
        var (db, api) = (Database().Running(), Api().Running());
        db.Dies().Expect(Phase.Failed);

        api.Dies().Passes(Second).Expect(Phase.Waiting, "'db' to be ready (it has failed: Exited with code 1");
        Assert.Equal(1, api.Launches);

        db.Running();
        api.Passes(Second * 2).Expect(Phase.Running);
        Assert.Equal(2, api.Launches);
    }

    [Fact]
    public void Who_starts_a_service_does_not_wait_an_hour_for_the_next_try_of_what_it_needs()
    {
        _machine.Network.Accept(5432);
        var db = _machine.Given("db", "command: db\nport: 5432\nrestart: { budget: 0, retry_every: 1h }\n").Running();
        db.Dies().Expect(Phase.Failed);
        var api = Api();
        Assert.IsType<CommandReply.Done>(api.Start());
        Assert.True(_machine.Now < TimeSpan.FromMinutes(1), $"{_machine.Now} have passed");
    }

    [Fact]
    public void What_somebody_stopped_stays_stopped_until_somebody_starts_what_needs_it()
    {
        _machine.Network.Accept(5432);
        var (db, api) = (Database().Running(), Api().Running());
        db.Stop();
        api.Dies().Passes(Second).Expect(Phase.Waiting, "it was stopped by story");
        db.Expect(Phase.Stopped);

        Assert.IsType<CommandReply.Done>(api.Restart());
        db.Expect(Phase.Running);
    }

    [Fact]
    public void Completed_is_a_job_that_ended_well()
    {
        var migrate = _machine.Given("migrate", "command: m\nrestart: never\n");
        var web = _machine.Given("web", "command: w\ndepends_on: { migrate: completed }\n");
        web.StartLater();
        web.Passes(Second * 3).Expect(Phase.Waiting, "'migrate' to be completed (it is running)");

        migrate.Dies(code: 0);
        web.Passes(Second * 2).Expect(Phase.Running);
        migrate.Expect(Phase.Completed);
        Assert.Equal(1, migrate.Launches);
    }

    [Fact]
    public void Healthy_waits_for_the_probe_and_not_for_the_start_alone()
    {
        _machine.Network.Accept(5432);
        _machine.Given("db", "command: db\nready: { grace: 1s }\nhealth: { http: 'http://127.0.0.1/h', interval: 5s }\n");
        var api = _machine.Given("api", "command: api\ndepends_on: { db: healthy }\n");
        api.StartLater();
        api.Passes(Second * 4).Expect(Phase.Waiting, "'db' to be healthy (it is running)");

        _machine.Network.Answer("http://127.0.0.1/h", 200);
        api.Passes(Second * 8).Expect(Phase.Running);
    }

    [Fact]
    public void A_chain_waits_link_by_link_without_using_up_the_limit_of_the_last()
    {
        _machine.Given("a", "command: a\nready: { grace: 50s }\n");
        _machine.Given("b", "command: b\nready: { grace: 50s }\ndepends_on: a\n");
        var c = _machine.Given("c", "command: c\ndepends_on: b\n");

        Assert.IsType<CommandReply.Done>(c.Start());
        Assert.Equal(0, c.View.Restarts);
        Assert.InRange(_machine.Now, Second * 100, Second * 105);
    }

    [Fact]
    public void Those_that_depend_on_it_are_restarted_after_it_when_it_says_so()
    {
        _machine.Network.Accept(5432);
        var db = _machine.Given("db", "command: db\nport: 5432\nrestart_dependents: true\n").Running();
        var api = Api().Running();
        var other = _machine.Given("other").Running();

        db.Dies();
        api.Passes(Second * 5).Expect(Phase.Running);

        Assert.Equal((2, 2, 1), (db.Launches, api.Launches, other.Launches));
        Assert.True(db.Process.Identity.StartTime < api.Process.Identity.StartTime);
        Assert.Contains("'db' was started anew", api.View.DesiredBy, StringComparison.Ordinal);
    }

    [Fact]
    public void Several_are_restarted_with_the_dependants_down_first_and_up_last()
    {
        _machine.Network.Accept(5432);
        var (db, api) = (Database().Running(), Api().NeedsToStop(Second * 3).Running());

        var answer = _machine.Control.ActAsync(new BulkAction(BulkVerb.Restart, ["DB"]) { WithDependents = true }, "story");
        _machine.Pass(Second);
        Assert.True(db.Process.IsAlive, "the database must not be stopped while what needs it still ends");
        PassUntil(answer);

        var outcomes = Machine.Answer(answer);
        Assert.Equal(["api", "db"], outcomes.Select(outcome => outcome.Service));
        Assert.All(outcomes, outcome => Assert.True(outcome.IsChanged, outcome.Reply.ToString()));
        Assert.Equal((2, 2), (db.Launches, api.Launches));
        Assert.True(db.Process.Identity.StartTime < api.Process.Identity.StartTime);
    }

    [Fact]
    public void Several_are_stopped_in_reverse_order_and_what_is_down_already_is_no_failure()
    {
        _machine.Network.Accept(5432);
        var (db, api) = (Database().Running(), Api().NeedsToStop(Second * 3).Running());
        _machine.Given("idle");

        var answer = _machine.Control.ActAsync(new BulkAction(BulkVerb.Stop, ["db", "api", "idle", "nobody"]), "story");
        _machine.Pass(Second);
        Assert.True(db.Process.IsAlive);
        PassUntil(answer);

        var outcomes = Machine.Answer(answer).ToDictionary(outcome => outcome.Service);
        Assert.False(db.Process.IsAlive);
        Assert.True(outcomes["api"].IsChanged && outcomes["db"].IsChanged && !outcomes["idle"].IsChanged);
        Assert.IsType<CommandReply.Done>(outcomes["idle"].Reply);
        Assert.Equal(RefusalCode.UnknownService, Assert.IsType<CommandReply.Refused>(outcomes["nobody"].Reply).Code);
        api.Expect(Phase.Stopped);
    }

    [Fact]
    public void A_restart_of_several_that_is_refused_leaves_nobody_waiting()
    {
        var feed = (ServiceFeed)_machine.Feed;
        var before = feed.Subscribers;
        var daemon = _machine.Given("control-center-backend").Expect(Phase.Running);
        var outcome = Assert.Single(Machine.Answer(_machine.Control.ActAsync(new BulkAction(BulkVerb.Restart, [daemon.Name]), "story")));
        Assert.Equal(RefusalCode.IsDaemon, Assert.IsType<CommandReply.Refused>(outcome.Reply).Code);
        Assert.True(SpinWait.SpinUntil(() => feed.Subscribers == before, TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public void Several_that_are_restarted_come_up_also_when_whoever_asked_has_gone()
    {
        _machine.Network.Accept(5432);
        var (db, api) = (Database().Running(), Api().NeedsToStop(Second * 3).Running());
        using var gone = new CancellationTokenSource();
        var answer = _machine.Control.ActAsync(new BulkAction(BulkVerb.Restart, ["api", "db"]), "story", gone.Token);
        _machine.Pass(Second);
        gone.Cancel();
        Assert.Throws<AggregateException>(() => answer.Wait());

        Assert.True(SpinWait.SpinUntil(() =>
        {
            _machine.Pass(Second / 10);
            return (db.Launches, api.Launches) == (2, 2);
        }, TimeSpan.FromSeconds(30)));
    }

    private void PassUntil(Task answer)
    {
        for (var passed = TimeSpan.Zero; !answer.IsCompleted && passed < TimeSpan.FromMinutes(2); passed += Second / 10)
        {
            _machine.Pass(Second / 10);
            answer.Wait(1); // the command of the next level is given by a task that virtual time does not wait for
        }
    }

    [Fact]
    public void To_wait_for_the_health_of_a_service_without_a_probe_is_refused()
    {
        _machine.Given("plain");
        var refused = Assert.Throws<StoryException>(() => _machine.Given("api", "command: api\ndepends_on: { plain: healthy }\n"));
        Assert.Contains("has no health probe", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_probe_that_somebody_waits_for_cannot_be_taken_away_and_whoever_waits_is_named()
    {
        var db = _machine.Given("db", "command: db\nhealth: { tcp: 81 }\n");
        _machine.Given("api", "command: api\ndepends_on: { db: healthy }\n");

        var without = Machine.Answer(_machine.Control.ReplaceAsync("db", db.View.Definition with { Health = null }, takeOver: false, "story"));

        Assert.StartsWith("'api' waits for 'db' to be healthy, which has no health probe.", Assert.IsType<CommandReply.Refused>(without).Detail);
    }
}
