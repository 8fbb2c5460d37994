using Xunit;
using Ziggie.Scenarios.Tests.Support;

namespace Ziggie.Scenarios.Tests;

/// <summary>Services that need each other.</summary>
public sealed class DependencyTests : Scenario
{
    private static object Gated(string name, string gate) => new
    {
        name,
        command = $"echo up; while [ ! -e {gate} ]; do sleep 0.02; done; echo open; exec sleep 300",
        shell = true,
        ready = new { log = "^open$" },
        groups = "backend",
    };

    private static object On(string name, string other, string condition = "ready") => new
    {
        name,
        command = "echo up; exec sleep 300",
        shell = true,
        ready = "50ms",
        depends_on = new Dictionary<string, string> { [other] = condition },
        groups = "backend",
    };

    [Fact]
    public async Task The_second_starts_when_the_first_is_ready_and_says_until_then_what_it_waits_for()
    {
        var daemon = await Home.StartAsync();
        var gate = Home.In("gate");
        var db = await daemon.DefineAsync(Gated("db", gate));
        var api = await daemon.DefineAsync(On("api", "db"));

        var start = api.DoAsync("start");
        await db.PrintedAsync("up");
        var waiting = await api.UntilAsync(s => s.Phase() == "waiting" && s.Reason() is not null, "waits");
        Assert.Equal("Waiting for 'db' to be ready (it is starting).", waiting.Reason());
        Assert.Equal(("stopped", null), (waiting.Status(), waiting.Pid()));
        Assert.False(start.IsCompleted);
        Assert.Empty(await api.LinesAsync());

        await File.WriteAllTextAsync(gate, "");
        (await start).Ok();
        Assert.Equal("running", (await db.StatusAsync()).Phase());
    }

    [Fact]
    public async Task A_stop_while_it_waits_is_at_once_and_it_can_be_started_again()
    {
        var daemon = await Home.StartAsync();
        var gate = Home.In("gate");
        await daemon.DefineAsync(Gated("db", gate));
        var api = await daemon.DefineAsync(On("api", "db"));
        var start = api.DoAsync("start");
        await api.UntilAsync(s => s.Phase() == "waiting", "waits");

        await api.StopAsync();
        (await start).Problem(400, "superseded");
        await File.WriteAllTextAsync(gate, "");
        await api.StartAsync();
        Assert.Equal(["up"], await api.LinesAsync());
    }

    [Fact]
    public async Task A_daemon_that_is_killed_meanwhile_changes_nothing()
    {
        var first = await Home.StartAsync();
        var gate = Home.In("gate");
        await first.DefineAsync(Gated("db", gate));
        var waiting = await first.DefineAsync(On("api", "db"));
        _ = waiting.DoAsync("start");
        await waiting.UntilAsync(s => s.Phase() == "waiting", "waits");
        await first.KillAsync();

        var second = await Home.StartAsync();
        var api = second.Service("api");
        await api.UntilAsync(s => s.Phase() == "waiting" && s.Reason()!.Contains("it is starting"), "waits again");
        Assert.Empty(await api.LinesAsync());
        await File.WriteAllTextAsync(gate, "");
        await api.UntilAsync(s => s.Phase() == "running", "runs");
        Assert.Equal(["up", "open"], await second.Service("db").LinesAsync());
    }

    [Fact]
    public async Task A_group_is_stopped_in_reverse_order_each_down_before_the_next()
    {
        var daemon = await Home.StartAsync();
        var order = Home.In("order");
        object Noting(string name, object depends) => new
        {
            name,
            command = $"trap 'sleep 0.3; echo {name} >> {order}; exit 0' TERM; echo up; while :; do sleep 0.02; done",
            shell = true,
            ready = new { log = "up" },
            depends_on = depends,
            groups = "shop",
        };
        await daemon.DefineAsync(Noting("c", Array.Empty<string>()));
        await daemon.DefineAsync(Noting("b", "c"));
        await daemon.DefineAsync(Noting("a", "b"));
        var started = (await daemon.Owner.PostAsync("/api/actions", new { action = "start", group = "SHOP" })).Ok();
        Assert.True(started.GetProperty("success").GetBoolean(), started.ToString());
        Assert.Equal(["a", "b", "c"], started.GetProperty("results").EnumerateArray().Select(r => r.Text("service")!));

        var stopped = (await daemon.Owner.PostAsync("/api/actions", new { action = "stop", group = "shop" })).Ok();
        Assert.All(stopped.GetProperty("results").EnumerateArray(), r => Assert.True(r.GetProperty("changed").GetBoolean()));
        Assert.Equal(["a", "b", "c"], await File.ReadAllLinesAsync(order));
    }

    [Fact]
    public async Task A_restart_takes_those_that_depend_on_it_along_when_asked()
    {
        var daemon = await Home.StartAsync();
        var db = await daemon.DefineAsync(new { name = "db", command = "sleep 300", ready = "50ms" });
        var api = await daemon.DefineAsync(On("api", "db"));
        var idle = await daemon.DefineAsync(On("idle", "db"));
        await api.StartAsync();
        var (before, apiBefore) = (await db.PidAsync(), await api.PidAsync());

        Assert.NotEqual(before, await db.RestartAsync());
        Assert.Equal(apiBefore, await api.PidAsync());

        var answer = (await db.DoAsync("restart?restart_dependents=true")).Ok();
        Assert.Equal(["api"], answer.GetProperty("dependents").EnumerateArray().Select(r => r.Text("service")!));
        Assert.NotEqual(apiBefore, await api.PidAsync());
        Assert.Null(await idle.PidAsync());

        var stopped = (await db.DoAsync("stop?stop_dependents=true")).Ok();
        Assert.Equal(["api"], stopped.GetProperty("dependents").EnumerateArray().Select(r => r.Text("service")!));
        Assert.Equal((null, null), (await db.PidAsync(), await api.PidAsync()));
    }

    [Fact]
    public async Task Those_that_depend_on_it_are_restarted_also_when_it_died_while_there_was_no_daemon()
    {
        var daemon = await Home.StartAsync();
        var db = await daemon.DefineAsync(new { name = "db", command = "sleep 300", ready = "50ms", restart_dependents = true });
        var api = await daemon.DefineAsync(On("api", "db"));
        await api.StartAsync();
        var (dbBefore, apiBefore) = (await db.PidAsync(), await api.PidAsync());

        // Nobody is restarted only because the daemon was.
        await daemon.KillAsync();
        daemon = await Home.StartAsync();
        Assert.Equal((dbBefore, apiBefore), (await daemon.Service("db").PidAsync(), await daemon.Service("api").PidAsync()));

        await daemon.KillAsync();
        using (var process = System.Diagnostics.Process.GetProcessById(dbBefore!.Value)) process.Kill();
        daemon = await Home.StartAsync();
        await daemon.Service("api").UntilAsync(s => s.Pid() is { } pid && pid != apiBefore, "was restarted");
        Assert.NotEqual(dbBefore, await daemon.Service("db").PidAsync());
    }

    [Fact]
    public async Task Cycles_and_names_that_are_unknown_are_refused()
    {
        var daemon = await Home.StartAsync();
        await daemon.DefineAsync(new { name = "a", command = "sleep 300" });
        await daemon.DefineAsync(On("b", "a"));
        Assert.Contains("no service 'nobody'", (await daemon.Owner.PostAsync("/api/services", On("c", "nobody"))).Problem(422, "invalid_definition").ToString());
        Assert.Contains("in a circle: a -> b -> a", (await daemon.Owner.PutAsync("/api/services/a", On("a", "b"))).Problem(422, "invalid_definition").ToString());
        Assert.Contains("no health probe", (await daemon.Owner.PostAsync("/api/services", On("c", "a", "healthy"))).Problem(422, "invalid_definition").ToString());
    }
}
