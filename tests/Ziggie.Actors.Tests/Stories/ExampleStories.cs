using Xunit;
using Ziggie.Actors.Domain;
using Ziggie.TestHarness;

namespace Ziggie.Actors.Tests.Stories;

/// <summary>The example of docs/testing.md.</summary>
public sealed class ExampleStories : IDisposable
{
    private readonly Machine _machine = new();

    public void Dispose() => _machine.Dispose();

    [Fact]
    public void A_worker_that_crashes_is_restarted_and_keeps_count()
    {
        // The YAML of a definition, without its name.
        var worker = _machine.Given("worker", """
            command: ./worker --queue mails
            restart: { policy: on-failure, budget: 3, window: 10m }
            """).Running();
        var first = worker.Process;

        worker.Dies(code: 1, after: TimeSpan.FromSeconds(3));

        worker.Expect(Phase.Starting, "grace time");
        Assert.NotSame(first, worker.Process);
        worker.Passes(TimeSpan.FromSeconds(1)).Expect(Phase.Running);
        Assert.Equal(1, worker.View.Restarts);
        Assert.Equal(1, worker.View.LastExit!.Code);
    }

    [Fact]
    public void A_database_that_is_slow_to_stop_is_given_its_time()
    {
        var db = _machine.Given("db", """
            command: postgres -D /srv/db
            port: 5432
            stop: { signal: TERM, timeout: 2m }
            """).NeedsToStop(TimeSpan.FromSeconds(90));
        _machine.Network.Accept(5432);
        db.Running();
        var before = _machine.Now;

        // The answer comes when virtual time has passed; the test itself takes milliseconds.
        var reply = Assert.IsType<CommandReply.Done>(db.Stop());

        Assert.Equal("Service 'db' stopped successfully", reply.Message);
        Assert.Equal(TimeSpan.FromSeconds(90), _machine.Now - before);
        db.Expect(Phase.Stopped, "Stopped by story");
    }

    [Fact]
    public void Two_people_who_disagree_both_learn_what_happened()
    {
        var web = _machine.Given("web", "command: ./web\nport: 8080\n");

        var start = web.StartLater();
        web.Passes(TimeSpan.FromSeconds(5)).Expect(Phase.Starting, "Waiting for port 8080");
        var stop = web.Stop();

        Assert.IsType<CommandReply.Done>(stop);
        var refused = Assert.IsType<CommandReply.Refused>(Machine.Answer(start));
        Assert.Equal(RefusalCode.Superseded, refused.Code);
    }
}
