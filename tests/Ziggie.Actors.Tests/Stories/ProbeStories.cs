using Xunit;
using Ziggie.Actors.Domain;
using Ziggie.Actors.Domain.Definitions;
using Ziggie.TestHarness;

namespace Ziggie.Actors.Tests.Stories;

public sealed class ProbeStories : IDisposable
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly Machine _machine = new();

    public void Dispose() => _machine.Dispose();

    [Fact]
    public void Ready_by_a_command_that_succeeds()
    {
        var db = _machine.Given("db", "command: db\nready: { exec: [pg_isready], timeout: 20s }\n");
        var answer = db.StartLater();
        db.Passes(Second * 5).Expect(Phase.Starting, "Waiting for 'pg_isready' to succeed.");

        _machine.Commands.Set("pg_isready", succeeds: true);
        db.Passes(Second).Expect(Phase.Running);
        Assert.IsType<CommandReply.Done>(Machine.Answer(answer));
    }

    [Fact]
    public void A_command_that_hangs_is_named_when_the_time_is_over()
    {
        var db = _machine.Given("db", "command: db\nready: { exec: [pg_isready], timeout: 8s }\nrestart: never\n");
        _machine.Commands.Hang("pg_isready");

        var reply = Assert.IsType<CommandReply.Refused>(db.Start());

        Assert.Contains("Not ready within 8s. Last probe: 'pg_isready' was not over by then.", reply.Detail);
    }

    [Fact]
    public void A_line_in_colours_matches_as_it_looks()
    {
        var web = _machine.Given("web", "command: web\nready: { log: '^Server listening on \\d+$', timeout: 20s }\n");
        web.StartLater();
        web.Passes(Second);

        _machine.Output.Print("web", "\e[32mServer listening\e[0m on 5");

        Until(() => web.View.Ready);
    }

    [Fact]
    public void Ready_by_a_line_of_this_run_and_not_of_the_one_before()
    {
        var web = _machine.Given("web", "command: web\nready: { log: 'listening on \\d+', timeout: 20s }\nrestart: never\n");
        web.StartLater();
        web.Passes(Second).Expect(Phase.Starting, "Waiting for a line that matches");
        _machine.Output.Print("web", "starting");
        web.Passes(Second).Expect(Phase.Starting);
        _machine.Output.Print("web", "listening on 8080");
        Until(() => web.View.Ready);

        web.Dies();
        web.StartLater();
        web.Passes(Second * 5).Expect(Phase.Starting);
        web.Passes(Second * 16).Expect(Phase.Failed, "Not ready within 20s");
    }

    [Fact]
    public void A_rule_that_is_corrected_while_a_run_starts_judges_that_run()
    {
        var web = _machine.Given("web", "command: web\nready: { log: 'never printed', timeout: 20s }\nrestart: never\n");
        var answer = web.StartLater();
        _machine.Output.Print("web", "listening");
        web.Passes(Second * 5).Expect(Phase.Starting);

        var corrected = web.View.Definition with { Ready = web.View.Definition.Ready! with { Probe = new Probe.Log("^listening$") } };
        Assert.IsType<CommandReply.Done>(Machine.Answer(_machine.Control.ReplaceAsync("web", corrected, takeOver: false, "story")));

        Until(() => web.View.Ready);
        Assert.IsType<CommandReply.Done>(Machine.Answer(answer));
        Assert.Equal(1, web.Launches);
    }

    [Fact]
    public void Its_own_word_does_not_count_where_another_rule_decides()
    {
        var app = _machine.Given("app", "command: app\nready: { exec: [check], timeout: 20s }\nhealth: { notify: true, interval: 10s }\n");
        app.StartLater();
        app.Passes(Second);
        Assert.True(_machine.Sockets.Say(app.Process, "READY=1"));
        app.Passes(Second).Expect(Phase.Starting);
        _machine.Commands.Set("check", succeeds: true);
        app.Passes(Second).Expect(Phase.Running);
    }

    [Fact]
    public void Ready_by_its_own_word_and_unhealthy_when_it_falls_silent()
    {
        var app = _machine.Given("app", "command: app\nready: notify\nhealth: { notify: true, interval: 10s, failures: 2 }\n");
        var answer = app.StartLater();
        app.Passes(Second * 5).Expect(Phase.Starting, "Waiting for READY=1");

        Assert.True(_machine.Sockets.Say(app.Process, "READY=1\nSTATUS=Serving 3 clients"));
        app.Expect(Phase.Running);
        Assert.IsType<CommandReply.Done>(Machine.Answer(answer));
        Assert.Equal("Serving 3 clients", app.View.StatusText);

        for (var beat = 0; beat < 4; beat++)
        {
            app.Passes(Second * 8);
            _machine.Sockets.Say(app.Process, "WATCHDOG=1");
        }
        app.Expect(Phase.Running);
        Assert.Equal(Health.Healthy, app.View.Health);
        Assert.Equal(1, app.Launches);

        app.Passes(Second * 19).Expect(Phase.Running);
        app.Passes(Second * 2);
        Assert.Equal(2, app.Launches);
        Assert.Null(app.View.StatusText);

        var before = _machine.Feed.Current.Sequence;
        for (var word = 0; word <= 1000; word++) _machine.Sockets.Say(app.Process, $"STATUS=At {word}");
        app.Passes(Second);
        Assert.Equal("At 1000", app.View.StatusText);
        Assert.InRange(_machine.Feed.Current.Sequence - before, 2, 10);
        Assert.False(_machine.Sockets.Say(_machine.Processes.Of("app").First(), "READY=1"), "nobody listens to a run that is over");
    }

    [Fact]
    public void A_hung_program_is_restarted_after_failures_times_interval_and_not_before()
    {
        _machine.Commands.Set("check", succeeds: true);
        var app = _machine.Given("app", "command: app\nhealth: { exec: check, interval: 10s, failures: 3 }\n").Running();
        app.Passes(Second * 60);
        Assert.Equal(Health.Healthy, app.View.Health);

        _machine.Commands.Set("check", succeeds: false);
        app.Passes(Second * 15);
        Assert.Equal((1, Health.Healthy), (app.Launches, app.View.Health));
        app.Passes(Second * 16);
        Assert.Equal(2, app.Launches);
    }

    [Fact]
    public void A_slow_start_inside_its_start_period_is_left_alone()
    {
        var app = _machine.Given("app", "command: app\nhealth: { exec: check, interval: 10s, failures: 2, start_period: 100s }\n").Running();
        app.Passes(Second * 95);
        Assert.Equal((1, Health.Unknown), (app.Launches, app.View.Health));
        app.Passes(Second * 20);
        Assert.Equal(2, app.Launches);
    }

    [Fact]
    public void Failures_inside_the_start_period_do_not_count_after_it()
    {
        var app = _machine.Given("app", "command: app\nhealth: { exec: check, interval: 10s, failures: 3, start_period: 100s }\n").Running();
        app.Passes(Second * 115);
        Assert.Equal((1, Health.Unknown), (app.Launches, app.View.Health));
        app.Passes(Second * 10);
        Assert.Equal(2, app.Launches);
    }

    [Fact]
    public void A_probe_by_http_has_the_variables_of_the_run_and_shows_no_secret()
    {
        var app = _machine.Given("app", """
            command: app
            env: { PORT: 81, API_TOKEN: hush }
            ready: { http: { url: "http://me:hush@127.0.0.1:${PORT}/?token=${API_TOKEN}", headers: { Authorization: "Bearer ${API_TOKEN}" } }, timeout: 10s }
            """);
        var start = app.StartLater();
        app.Passes(Second * 2).Expect(Phase.Starting, "Waiting for http://me:********@127.0.0.1:${PORT}/?token=********");
        app.Passes(Second * 10);
        Assert.DoesNotContain("hush", Assert.IsType<CommandReply.Refused>(Machine.Answer(start)).Detail);

        _machine.Network.Answer("http://me:hush@127.0.0.1:81/?token=hush", 200);
        app.Passes(Second * 60).Expect(Phase.Running);
        Assert.Equal("Bearer hush", _machine.Network.LastAsked!.Headers["Authorization"]);
    }

    [Fact]
    public void A_service_that_wants_no_health_probe_has_none_in_spite_of_its_port()
    {
        var app = _machine.Given("app", "command: app\nport: 8080\nready: grace\nhealth: none\n").Running();
        app.Passes(Second * 100);
        Assert.Equal((1, Health.Unknown, null), (app.Launches, app.View.Health, app.View.HealthMessage));
    }

    [Fact]
    public void A_look_that_could_not_be_taken_fails_and_is_not_the_last()
    {
        _machine.Commands.Set("check", succeeds: true);
        var app = _machine.Given("app", "command: app\nhealth: { exec: check, interval: 10s, on_unhealthy: report }\n").Running();
        app.Passes(Second * 11);
        Assert.Equal(Health.Healthy, app.View.Health);

        _machine.Commands.Shortage = new InvalidOperationException("Too many open files.");
        app.Passes(Second * 40);
        Assert.Equal((Health.Unhealthy, "The probe could not look: Too many open files."), (app.View.Health, app.View.HealthMessage));

        _machine.Commands.Shortage = null;
        app.Passes(Second * 11);
        Assert.Equal(Health.Healthy, app.View.Health);
    }

    [Fact]
    public void Nothing_is_said_of_the_health_of_a_service_whose_rule_was_removed()
    {
        var app = _machine.Given("app", "command: app\nhealth: { exec: check, interval: 10s, failures: 1, on_unhealthy: report }\n").Running();
        app.Passes(Second * 11);
        Assert.Equal(Health.Unhealthy, app.View.Health);

        Replace(app, app.View.Definition with { Health = null });
        app.Passes(Second);
        Assert.Equal((Health.Unknown, null, 1), (app.View.Health, app.View.HealthMessage, app.Launches));
    }

    [Fact]
    public void A_run_that_was_told_no_socket_is_not_expected_to_speak()
    {
        var app = _machine.Given("app", "command: app\nready: { exec: check, timeout: 20s }\n");
        app.StartLater();
        app.Passes(Second).Expect(Phase.Starting);
        Replace(app, app.View.Definition with { Ready = app.View.Definition.Ready! with { Probe = new Probe.Notify() } });
        Assert.True(app.View.RestartRequired);

        _machine.Commands.Set("check", succeeds: true);
        app.Passes(Second).Expect(Phase.Running);
        Assert.Equal(1, app.Launches);
    }

    [Theory]
    [InlineData("{ tcp: 81, interval: 10s }", Health.Unknown)] // what made it ready was another port
    [InlineData("{ port: true, interval: 10s, successes: 3 }", Health.Unknown)]
    [InlineData("{ port: true, interval: 10s }", Health.Healthy)]
    public void The_port_that_made_it_ready_makes_it_healthy_only_where_that_is_the_whole_rule(string health, Health expected)
    {
        _machine.Network.Accept(80);
        var app = _machine.Given("app", $"command: app\nport: 80\nready: port\nhealth: {health}\n").Running();
        Assert.Equal(expected, app.View.Health);
    }

    private void Replace(ServiceStory service, ServiceDefinition changed)
    {
        Assert.IsType<CommandReply.Done>(Machine.Answer(_machine.Control.ReplaceAsync(service.Name, changed, takeOver: false, "story")));
        _machine.Settle();
    }

    private void Until(Func<bool> condition)
    {
        // The lines of a log are followed by a task of its own, which virtual time does not wait for.
        Assert.True(SpinWait.SpinUntil(() =>
        {
            _machine.Settle();
            return condition();
        }, TimeSpan.FromSeconds(30)));
    }
}
