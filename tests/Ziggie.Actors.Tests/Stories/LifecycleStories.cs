using Xunit;
using Ziggie.Actors.Domain;
using Ziggie.Processes;
using Ziggie.TestHarness;

namespace Ziggie.Actors.Tests.Stories;

public sealed class LifecycleStories : IDisposable
{
    private readonly Machine _machine = new();

    public void Dispose() => _machine.Dispose();

    [Fact]
    public void A_start_waits_while_nothing_can_be_learned_of_its_port()
    {
        var api = _machine.Given("api", "command: api\nport: 8080\nready: grace\n");
        _machine.Network.Shortage = new IOException("Too many open files.");
        var start = api.StartLater();
        Assert.Equal(0, api.Passes(TimeSpan.FromSeconds(5)).Launches);

        _machine.Network.Shortage = null;
        api.Passes(TimeSpan.FromSeconds(2)).Expect(Phase.Running);
        Assert.IsType<CommandReply.Done>(Machine.Answer(start));
    }

    [Fact]
    public void A_start_is_answered_when_the_grace_time_is_over()
    {
        var api = _machine.Given("api");

        var reply = Assert.IsType<CommandReply.Done>(api.Start());

        Assert.Equal("Service 'api' started successfully", reply.Message);
        Assert.Equal(api.Process.Identity.Pid, reply.Pid);
        Assert.Equal(TimeSpan.FromSeconds(1), _machine.Now);
        api.Expect(Phase.Running);
    }

    [Fact]
    public void A_start_with_a_port_is_answered_as_soon_as_the_port_accepts()
    {
        var web = _machine.Given("web", "command: web\nport: 8080\n");
        var start = web.StartLater();
        web.Passes(TimeSpan.FromSeconds(3)).Expect(Phase.Starting, "Waiting for port 8080");

        _machine.Network.Accept(8080);
        web.Passes(TimeSpan.FromMilliseconds(250)).Expect(Phase.Running);

        Assert.IsType<CommandReply.Done>(Machine.Answer(start));
        Assert.Equal(Health.Healthy, web.View.Health);
    }

    [Fact]
    public void A_port_that_never_accepts_ends_the_start_with_the_last_probe()
    {
        var web = _machine.Given("web", "command: web\nport: 8080\nready: { port: true, timeout: 5s }\nrestart: never\n");

        var reply = Assert.IsType<CommandReply.Refused>(web.Start());

        Assert.Equal(RefusalCode.StartFailed, reply.Code);
        Assert.Contains("Not ready within 5s", reply.Detail);
        Assert.Contains("Connection refused", reply.Detail);
        web.Expect(Phase.Failed);
        Assert.False(web.Process.IsAlive);
    }

    [Fact]
    public void A_second_start_is_refused_with_the_pid_and_a_start_under_way_is_joined()
    {
        var api = _machine.Given("api");
        var first = api.StartLater();
        var second = api.StartLater();
        api.Passes(TimeSpan.FromSeconds(1));

        Assert.IsType<CommandReply.Done>(Machine.Answer(first));
        Assert.IsType<CommandReply.Done>(Machine.Answer(second));
        var third = Assert.IsType<CommandReply.Refused>(api.Start());
        Assert.Equal(RefusalCode.AlreadyRunning, third.Code);
        Assert.Contains($"PID {api.Process.Identity.Pid}", third.Detail);
        Assert.Equal(1, api.Launches);
    }

    [Fact]
    public void A_stop_is_answered_when_the_process_and_all_that_it_left_behind_are_gone()
    {
        var api = _machine.Given("api").Running().Forks();

        var reply = Assert.IsType<CommandReply.Done>(api.Stop());

        Assert.Equal("Service 'api' stopped; 1 process had to be killed", reply.Message);
        Assert.Empty(api.Process.Descendants);
        api.Expect(Phase.Stopped, "Stopped by story");
    }

    [Fact]
    public void A_process_that_needs_most_of_its_time_to_end_is_not_killed_and_its_code_is_kept()
    {
        var db = _machine.Given("db").NeedsToStop(TimeSpan.FromSeconds(8), code: 7).Running();

        var reply = Assert.IsType<CommandReply.Done>(db.Stop());

        Assert.Equal("Service 'db' stopped successfully", reply.Message);
        Assert.Equal(7, db.View.LastExit!.Code);
        Assert.DoesNotContain(SignalNames.Kill, db.Process.Signals);
    }

    [Fact]
    public void A_process_that_ignores_the_signal_is_killed_at_the_limit_and_the_answer_says_so()
    {
        var deaf = _machine.Given("deaf").NeedsToStop(null).Running();
        var before = _machine.Now;

        var reply = Assert.IsType<CommandReply.Done>(deaf.Stop());

        Assert.Equal("Service 'deaf' stopped; 1 process had to be killed", reply.Message);
        Assert.True(_machine.Now - before >= TimeSpan.FromSeconds(10));
        Assert.Equal(SignalNames.Kill, deaf.View.LastExit!.Signal);
    }

    [Fact]
    public void A_stop_of_what_is_not_running_is_refused()
    {
        var reply = Assert.IsType<CommandReply.Refused>(_machine.Given("api").Stop());

        Assert.Equal(RefusalCode.NotRunning, reply.Code);
    }

    [Fact]
    public void A_stop_supersedes_a_start_and_both_learn_it()
    {
        var web = _machine.Given("web", "command: web\nport: 8080\n");
        var start = web.StartLater();

        var stop = web.Stop();

        Assert.IsType<CommandReply.Done>(stop);
        var refused = Assert.IsType<CommandReply.Refused>(Machine.Answer(start));
        Assert.Equal(RefusalCode.Superseded, refused.Code);
        Assert.Contains("superseded by a stop from story", refused.Detail);
    }

    [Fact]
    public void A_start_supersedes_a_stop_and_the_service_runs_in_a_new_process()
    {
        var db = _machine.Given("db").NeedsToStop(TimeSpan.FromSeconds(5)).Running();
        var stop = db.StopLater();

        var start = Assert.IsType<CommandReply.Done>(db.Start());

        Assert.Equal(RefusalCode.Superseded, Assert.IsType<CommandReply.Refused>(Machine.Answer(stop)).Code);
        Assert.Equal(2, db.Launches);
        Assert.Equal(db.Process.Identity.Pid, start.Pid);
        db.Expect(Phase.Running);
    }

    [Fact]
    public void Twenty_restarts_at_once_leave_one_process_and_twenty_answers()
    {
        var api = _machine.Given("api").NeedsToStop(TimeSpan.FromSeconds(2)).Running();

        var answers = Enumerable.Range(0, 20).Select(_ => api.RestartLater()).ToList();
        api.Passes(TimeSpan.FromSeconds(10));

        Assert.All(answers, answer => Assert.Equal(api.Process.Identity.Pid, Assert.IsType<CommandReply.Done>(Machine.Answer(answer)).Pid));
        Assert.Equal(2, api.Launches);
        Assert.Single(_machine.Processes.Of("api"), p => p.IsAlive);
    }

    [Fact]
    public void A_restart_of_a_start_that_drags_on_begins_anew()
    {
        var web = _machine.Given("web", "command: web\nport: 8080\n");
        var start = web.StartLater();
        var stuck = web.Process;

        var restart = web.RestartLater();
        _machine.Network.Accept(8080);
        web.Passes(TimeSpan.FromSeconds(1)).Expect(Phase.Running);

        Assert.False(stuck.IsAlive);
        Assert.Equal(web.Process.Identity.Pid, Assert.IsType<CommandReply.Done>(Machine.Answer(restart)).Pid);
        Assert.IsType<CommandReply.Done>(Machine.Answer(start));
    }

    [Fact]
    public void A_restart_waits_for_the_port_that_the_old_process_held()
    {
        var web = _machine.Given("web", "command: web\nport: 8080\n");
        _machine.Network.Accept(8080);
        web.Running();
        _machine.Network.Occupy(8080, "web (PID 1001)");

        var restart = web.RestartLater();
        web.Passes(TimeSpan.FromSeconds(1)).Expect(Phase.Starting);
        _machine.Network.Occupy(8080, null);
        web.Passes(TimeSpan.FromSeconds(1)).Expect(Phase.Running);

        Assert.IsType<CommandReply.Done>(Machine.Answer(restart));
    }

    [Fact]
    public void A_port_that_somebody_else_holds_refuses_the_start_and_names_them()
    {
        var web = _machine.Given("web", "command: web\nport: 8080\n");
        _machine.Network.Occupy(8080, "nginx (PID 12)");

        var reply = Assert.IsType<CommandReply.Refused>(web.Start());

        Assert.Equal(RefusalCode.PortInUse, reply.Code);
        Assert.Contains("Port 8080 is in use by nginx (PID 12)", reply.Detail);
        Assert.Equal(0, web.Launches);
        web.Passes(TimeSpan.FromHours(1)).Expect(Phase.Failed);
    }

    [Fact]
    public void A_port_that_another_service_holds_names_that_service()
    {
        var old = _machine.Given("old", "command: web\nport: 8080\nready: 1s\n").Running();
        var web = _machine.Given("web", "command: web\nport: 8080\n");

        _machine.Network.Occupy(8080, $"nginx (PID {old.View.Pid})");
        Assert.Contains("nginx (PID " + old.View.Pid + ") of service 'old'. Stop it", Assert.IsType<CommandReply.Refused>(web.Start()).Detail);
        _machine.Network.Occupy(8080, "another program");
        Assert.Contains("another program of service 'old'.", Assert.IsType<CommandReply.Refused>(web.Start()).Detail);
        old.Stop();
        Assert.DoesNotContain("of service", Assert.IsType<CommandReply.Refused>(web.Start()).Detail);
    }

    [Fact]
    public void A_program_that_is_missing_fails_the_start_and_is_not_tried_again()
    {
        var api = _machine.Given("api");
        _machine.Processes.FailNext("api", LaunchFailure.ProgramMissing, "There is no program 'sleep'.");

        var reply = Assert.IsType<CommandReply.Refused>(api.Start());

        Assert.Equal(RefusalCode.ProgramMissing, reply.Code);
        Assert.Equal(0, api.Passes(TimeSpan.FromDays(1)).Expect(Phase.Failed).Launches);
    }

    [Fact]
    public void A_variable_that_is_not_set_fails_the_start_and_is_named()
    {
        var api = _machine.Given("api", "command: run\nenv: { DIR: \"${NOWHERE_DIR}\" }\n");

        var reply = Assert.IsType<CommandReply.Refused>(api.Start());

        Assert.Equal(RefusalCode.EnvironmentInvalid, reply.Code);
        Assert.Contains("NOWHERE_DIR", reply.Detail);
    }

    [Fact]
    public void A_run_that_ends_well_within_its_grace_time_answers_the_start_as_completed()
    {
        var job = _machine.Given("job").AlwaysDies(0, TimeSpan.FromMilliseconds(100));

        var reply = Assert.IsType<CommandReply.Done>(job.Start());

        Assert.Contains("ran to its end", reply.Message);
        job.Expect(Phase.Completed, "Exited with code 0");
    }

    [Fact]
    public void A_removal_is_refused_while_it_runs_and_with_force_stops_it_first()
    {
        var api = _machine.Given("api").Running();

        var refused = Machine.Answer(_machine.Control.RemoveAsync("api", false, "story"));
        var removed = Machine.Answer(_machine.Control.RemoveAsync("API", true, "story"));

        Assert.Equal(RefusalCode.AlreadyRunning, Assert.IsType<CommandReply.Refused>(refused).Code);
        Assert.IsType<CommandReply.Done>(removed);
        Assert.False(api.Process.IsAlive);
        Assert.Empty(_machine.Feed.Current.Services);
        Assert.Equal(2, _machine.Given("api").View.Id);
    }
}
