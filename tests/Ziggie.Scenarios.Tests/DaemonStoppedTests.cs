using Xunit;
using Ziggie.Api.Tests.Support;
using Ziggie.Scenarios.Tests.Support;

namespace Ziggie.Scenarios.Tests;

/// <summary>The daemon goes down as it is told, and the next one finds everything as it was left.</summary>
public sealed class DaemonStoppedTests : Scenario
{
    [Fact]
    public async Task Services_stop_in_the_order_of_their_dependencies_and_a_second_signal_harms_nothing()
    {
        var daemon = await Home.StartAsync();
        var order = Home.In("order");
        object Named(string name, params string[] needs) => new
        {
            name,
            command = $"trap 'echo {name} begins >> {order}; sleep 0.5; echo {name} ends >> {order}; exit 0' TERM; echo up; while :; do sleep 0.05; done",
            shell = true,
            ready = new { grace = "100ms" },
            depends_on = needs.ToDictionary(need => need, _ => "ready"),
        };
        foreach (var definition in new[] { Named("base"), Named("middle", "base"), Named("top", "middle") })
        {
            var service = await daemon.DefineAsync(definition);
            await service.StartAsync();
            await service.PrintedAsync("up");
        }

        daemon.Signal(Proc.Terminate);
        await Wait.UntilAsync(() => File.Exists(order), "the first service is being stopped");
        daemon.Signal(Proc.Terminate);
        daemon.Signal(Proc.Interrupt);

        Assert.Equal(0, await daemon.ExitAsync());
        Assert.Equal(["top begins", "top ends", "middle begins", "middle ends", "base begins", "base ends"], await File.ReadAllLinesAsync(order));
        Assert.Empty(Home.Processes());
    }

    [Fact]
    public async Task While_it_stops_it_refuses_commands_and_answers_reads()
    {
        var daemon = await Home.StartAsync();
        var gate = Home.In("gate");
        var service = await daemon.DefineAsync(
            new { name = "slow", command = $"trap 'while [ ! -e {gate} ]; do sleep 0.05; done; exit 0' TERM; echo up; while :; do sleep 0.05; done", shell = true, stop = new { timeout = "60s" } });
        await service.StartAsync();
        await service.PrintedAsync("up");
        var other = await daemon.DefineAsync(new { name = "other", command = "sleep 300" });

        daemon.Signal(Proc.Terminate);
        await service.UntilAsync(s => s.Phase() == "stopping", "is being stopped");
        (await other.DoAsync("start")).Problem(503, "stopping");
        Assert.Equal(503, (await daemon.Anonymous().GetAsync("/health/ready")).Status);
        await File.WriteAllTextAsync(gate, "");
        Assert.Equal(0, await daemon.ExitAsync());
    }

    [Fact]
    public async Task The_next_daemon_finds_everything_as_it_was_left()
    {
        var first = await Home.StartAsync();
        object Printing(string name) => new { name, command = "echo up $$; exec sleep 300", shell = true, ready = new { grace = "100ms" }, autostart = true, description = "Kept" };
        var wanted = await first.DefineAsync(Printing("wanted"));
        var unwanted = await first.DefineAsync(Printing("unwanted"));
        await wanted.StartAsync();
        await unwanted.StartAsync();
        await wanted.PrintedAsync("up ");
        await unwanted.PrintedAsync("up ");
        await unwanted.StopAsync();
        var admin = await first.AdminAsync();
        (await admin.PostAsync("/api/auth/users", new { username = "erika", password = "a long password", role = "user" })).Ok(201);
        var definition = (await first.Owner.GetAsync("/api/services/wanted")).Ok().GetProperty("definition").ToString();
        var ids = await IdsAsync(first);
        var token = admin.Token;

        Assert.Equal(0, await first.StopAsync());
        Assert.Empty(Home.Processes());
        var second = await Home.StartAsync();

        Assert.Equal(ids, await IdsAsync(second));
        Assert.Equal(definition, (await second.Owner.GetAsync("/api/services/wanted")).Ok().GetProperty("definition").ToString());
        (wanted, unwanted) = (second.Service("wanted"), second.Service("unwanted"));
        await wanted.UntilAsync(s => s.Phase() == "running", "comes up again");
        Assert.Equal(2, (await wanted.PrintedAsync("up ", 2)).Length);
        var status = await unwanted.StatusAsync();
        Assert.Equal(("stopped", "down"), (status.Status(), status.Text("desired")));
        Assert.Single(await unwanted.PrintedAsync("up ", 1));
        await second.SignInAsync("erika", "a long password");
        // Neither a new password nor a new key: who was signed in still is.
        var again = second.Anonymous();
        again.Token = token;
        Assert.Equal("admin", (await again.GetAsync("/api/auth/me")).Ok().Text("username"));
    }

    [Fact]
    public async Task What_a_person_stopped_stays_stopped_also_after_a_kill()
    {
        var first = await Home.StartAsync();
        var service = await first.DefineAsync(new { name = "off", command = "sleep 300", autostart = true });
        await service.StartAsync();
        await service.StopAsync();
        await first.KillAsync();
        var second = await Home.StartAsync();
        var status = await second.Service("off").StatusAsync();
        Assert.Equal(("stopped", "down", null), (status.Phase(), status.Text("desired"), status.Pid()));
    }

    [Fact]
    public async Task One_with_autostart_that_nobody_ever_touched_starts_with_the_daemon_and_others_do_not()
    {
        var first = await Home.StartAsync();
        await first.DefineAsync(new { name = "auto", command = "sleep 300", autostart = true });
        await first.DefineAsync(new { name = "manual", command = "sleep 300" });
        await first.StopAsync();
        var second = await Home.StartAsync();
        await second.Service("auto").UntilAsync(s => s.Phase() == "running", "starts");
        Assert.Equal("stopped", (await second.Service("manual").StatusAsync()).Phase());
    }

    private static async Task<string> IdsAsync(RealDaemon daemon) => string.Join(' ',
        (await daemon.Owner.GetAsync("/api/services")).Ok().GetProperty("services").EnumerateArray().Select(s => $"{s.GetProperty("id")}={s.Text("name")}"));
}
