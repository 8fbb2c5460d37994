using Xunit;
using Ziggie.Scenarios.Tests.Support;

namespace Ziggie.Scenarios.Tests;

/// <summary>Services come, change and go.</summary>
public sealed class DefinitionTests(SharedDaemon shared) : IClassFixture<SharedDaemon>
{
    private RealDaemon Daemon => shared.Daemon;

    [Fact]
    public async Task A_service_answers_to_its_name_in_any_case_and_to_its_id()
    {
        var service = await Daemon.DefineAsync(new { name = "Named-Here", command = "sleep 300", ready = new { grace = "50ms" } });
        Assert.Equal("named-here", service.Name);
        var id = (await service.StatusAsync()).GetProperty("id").GetInt32();
        foreach (var name in new[] { "NAMED-HERE", "Named-here", $"{id}" })
        {
            var spoken = Daemon.Service(name);
            Assert.Equal("named-here", (await spoken.StatusAsync()).Text("name"));
            Assert.Equal(await spoken.StartAsync(), await service.PidAsync());
            Assert.Empty(await spoken.LinesAsync());
            await spoken.RestartAsync();
            await spoken.StopAsync();
        }
        (await Daemon.Service("NAMED-HERE").DeleteAsync()).Ok();
        (await Daemon.Service($"{id}").DoAsync("start")).Problem(404, "unknown_service");
    }

    [Fact]
    public async Task A_removed_service_can_be_made_again_and_begins_afresh()
    {
        object definition = new { name = "phoenix", command = "echo first; exec sleep 300", shell = true, ready = new { grace = "50ms" } };
        var service = await Daemon.DefineAsync(definition);
        var pid = await service.StartAsync();
        await service.PrintedAsync("first");
        var id = (await service.StatusAsync()).GetProperty("id").GetInt32();
        (await service.DeleteAsync()).Problem(400, "already_running");
        Assert.True(Proc.Lives(pid));

        (await service.DeleteAsync("?force=true")).Ok();

        Assert.False(Proc.Exists(pid));
        (await Daemon.Owner.GetAsync("/api/services/phoenix")).Problem(404, "unknown_service");
        service = await Daemon.DefineAsync(definition);
        var status = await service.StatusAsync();
        Assert.NotEqual(id, status.GetProperty("id").GetInt32());
        Assert.Equal(("stopped", 0), (status.Phase(), status.Restarts()));
        Assert.Empty(await service.LinesAsync());
        await service.StartAsync();
        await service.PrintedAsync("first", 1);
        await service.StopAsync();
    }

    [Fact]
    public async Task A_new_definition_leaves_the_process_running_and_takes_effect_with_a_restart()
    {
        var service = await Daemon.DefineAsync(new { name = "changed", command = "echo old; exec sleep 300", shell = true, ready = new { grace = "50ms" } });
        var pid = await service.StartAsync();
        await service.PrintedAsync("old");

        (await Daemon.Owner.PutAsync("/api/services/changed", new { command = "echo new; exec sleep 300", shell = true, ready = new { grace = "60ms" } })).Ok();

        Assert.Equal(pid, await service.PidAsync());
        Assert.True(Proc.Lives(pid));
        Assert.Equal(["old"], await service.LinesAsync());
        Assert.NotEqual(pid, await service.RestartAsync());
        await service.PrintedAsync("new");
        await service.StopAsync();
    }

    [Fact]
    public async Task A_name_that_is_taken_and_a_bad_definition_are_refused()
    {
        await Daemon.DefineAsync(new { name = "taken", command = "sleep 300" });
        (await Daemon.Owner.PostAsync("/api/services", new { name = "TAKEN", command = "sleep 1" })).Problem(409, "conflict");
        var problem = (await Daemon.Owner.PostAsync("/api/services", new { name = "bad", command = "sleep 1", prot = 80 })).Problem(422, "invalid_definition");
        Assert.Contains("prot", problem.GetProperty("errors").ToString());
    }
}
