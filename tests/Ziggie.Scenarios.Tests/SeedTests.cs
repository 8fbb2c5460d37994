using Xunit;
using Ziggie.Api.Tests.Support;
using Ziggie.Scenarios.Tests.Support;

namespace Ziggie.Scenarios.Tests;

/// <summary>The standard services.</summary>
public sealed class SeedTests : Scenario
{
    private static readonly string[] Seeds = ["comfyui", "control-center-backend", "control-center-frontend", "kb-scheduler"];

    [Fact]
    public async Task They_are_there_at_the_first_start_and_seeding_adds_only_what_is_missing()
    {
        var daemon = await Home.StartAsync();
        Assert.Equal(Seeds, await NamesAsync(daemon));

        Assert.Contains("Nothing to add", await SeedAsync());
        (await daemon.Owner.DeleteAsync("/api/services/comfyui")).Ok();
        (await daemon.Owner.PutAsync("/api/services/kb-scheduler", new { command = "sleep 1", description = "Mine" })).Ok();
        Assert.Contains("Added comfyui.", await SeedAsync());
        Assert.Equal(Seeds, await NamesAsync(daemon));
        Assert.Equal("Mine", (await daemon.Service("kb-scheduler").StatusAsync()).Text("description"));

        // What a person removed is not planted again by a start.
        (await daemon.Owner.DeleteAsync("/api/services/comfyui")).Ok();
        await daemon.StopAsync();
        daemon = await Home.StartAsync();
        Assert.Equal(Seeds[1..], await NamesAsync(daemon));
        await daemon.StopAsync();
        Assert.Contains("Added comfyui.", await SeedAsync());
        Assert.Contains("Nothing to add", await SeedAsync());
        daemon = await Home.StartAsync();
        Assert.Equal(Seeds, await NamesAsync(daemon));
    }

    [Fact]
    public async Task The_daemons_own_service_shows_the_daemon_and_refuses_to_start_and_stop()
    {
        var daemon = await Home.StartAsync();
        var service = daemon.Service("control-center-backend");
        var status = await service.StatusAsync();
        Assert.Equal(("running", "healthy", daemon.Pid), (status.Status(), status.Text("health"), status.Pid()));
        Assert.Contains($"PID {daemon.Pid}", (await service.DoAsync("start")).Problem(400, "already_running").Text("detail"));
        (await service.DoAsync("stop")).Problem(400, "is_daemon");
        (await service.DeleteAsync("?force=true")).Problem(400, "is_daemon");

        await daemon.KillAsync();
        var next = await Home.StartAsync();
        Assert.Equal(next.Pid, await next.Service("control-center-backend").PidAsync());
    }

    private async Task<string> SeedAsync()
    {
        var program = Home.Run(["seed"]);
        Assert.Equal(0, await program.ExitAsync());
        await Wait.UntilAsync(() => program.Output.Length > 0, "its output has arrived");
        return program.Output;
    }

    private static async Task<string?[]> NamesAsync(RealDaemon daemon) =>
        [.. (await daemon.Owner.GetAsync("/api/services")).Ok().GetProperty("services").EnumerateArray().Select(service => service.Text("name"))];
}
