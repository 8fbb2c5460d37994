using System.Text.Json;
using Xunit;
using Ziggie.Scenarios.Tests.Support;

namespace Ziggie.Scenarios.Tests;

/// <summary>What happened, and who did it, can be read afterwards.</summary>
public sealed class HistoryTests : Scenario
{
    [Fact]
    public async Task The_night_of_a_service_that_crashed_until_it_gave_up_can_be_read_back()
    {
        var daemon = await Home.StartAsync();
        var admin = await daemon.AdminAsync();
        var service = await daemon.DefineAsync(new
        {
            name = "crasher",
            command = $"[ -e {Home.In("broken")} ] && exit 3; echo up; while :; do sleep 0.05; [ -e {Home.In("broken")} ] && exit 4; done",
            shell = true,
            ready = new { log = "^up$" },
            env = new Dictionary<string, string> { ["API_TOKEN"] = "of-the-night" },
            restart = new { budget = 2, delay = "10ms" },
        });
        (await admin.PostAsync("/api/services/crasher/start")).Ok();
        var pid = await service.PidAsync();
        var ran = DateTime.UtcNow;
        await File.WriteAllTextAsync(Home.In("broken"), "");
        await service.UntilAsync(s => s.Phase() == "failed", "gives up");
        await daemon.KillAsync();
        daemon = await Home.StartAsync();
        (await daemon.Owner.DeleteAsync("/api/services/crasher")).Ok();

        var events = await EventsAsync(daemon, "/api/services/crasher/events?limit=1000");

        events.Reverse();
        Assert.Equal(
            [
                "defined local", "start_wanted admin", "launching ", "started ", "ready ",
                "exited  4", "restart_planned ", "tree_gone ",
                "launching ", "started ", "exited  3", "restart_planned ", "tree_gone ",
                "launching ", "started ", "exited  3", "gave_up ", "tree_gone ", "removed local",
            ],
            events.Select(e => $"{e.Text("kind")} {e.Text("who")}{(e.GetProperty("code") is { ValueKind: JsonValueKind.Number } code ? $" {code}" : "")}"));
        Assert.Equal(pid, events.First(e => e.Text("kind") == "started").GetProperty("pid").GetInt32());
        Assert.Equal([1, 2, 3], events.Where(e => e.Text("kind") == "started").Select(e => e.GetProperty("run").GetInt32()));
        Assert.Contains("Gave up after 2 restarts", events.Single(e => e.Text("kind") == "gave_up").Text("message"));
        Assert.DoesNotContain("of-the-night", events[0].ToString());

        // Page by page it is the same, and so it is by kind and by who.
        var paged = new List<string?>();
        string? next = "";
        while (next is not null)
        {
            var page = (await daemon.Owner.GetAsync($"/api/services/crasher/events?limit=4{(next == "" ? "" : $"&before={next}")}")).Ok();
            paged.AddRange(page.GetProperty("events").EnumerateArray().Select(e => e.Text("id")));
            next = page.Text("next");
        }
        paged.Reverse();
        Assert.Equal(events.Select(e => e.Text("id")), paged);
        Assert.Equal(["start_wanted", "signed_in"], (await EventsAsync(daemon, "/api/history?who=admin")).Select(e => e.Text("kind")));

        // What ran then, and that it does no more.
        var then = (await daemon.Owner.GetAsync($"/api/history/at?time={ran:O}")).Ok().GetProperty("services").EnumerateArray()
            .Single(s => s.Text("name") == "crasher");
        Assert.Equal(("running", pid), (then.Phase(), then.Pid()));
        var now = (await daemon.Owner.GetAsync($"/api/history/at?time={DateTime.UtcNow:O}")).Ok().GetProperty("services").EnumerateArray().ToList();
        Assert.DoesNotContain(now, s => s.Text("name") == "crasher");
        Assert.Contains(now, s => s.Text("name") == "control-center-backend" && s.Phase() == "running");

        // The daemon's own lives stand there too.
        Assert.Equal(["daemon_started", "daemon_died", "daemon_started"],
            (await EventsAsync(daemon, "/api/history?kind=daemon_started,daemon_died,daemon_stopped")).Select(e => e.Text("kind")));
    }

    private static async Task<List<JsonElement>> EventsAsync(RealDaemon daemon, string path) =>
        [.. (await daemon.Owner.GetAsync(path)).Ok().GetProperty("events").EnumerateArray()];
}
