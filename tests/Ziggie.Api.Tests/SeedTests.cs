using Xunit;
using Ziggie.Actors.Domain.Definitions;
using Ziggie.Api.Seeding;
using Ziggie.Api.Tests.Support;

namespace Ziggie.Api.Tests;

public sealed class SeedTests
{
    private static readonly string[] All = ["comfyui", "control-center-backend", "control-center-frontend", "kb-scheduler"];

    [Fact]
    public void The_seeds_are_the_four_services()
    {
        var seeds = SeedFile.Read().ToDictionary(s => s.Name);

        Assert.Equal(All, seeds.Keys.Order());
        Assert.Equal(("Control Center Backend API", true, 54112), Facts(seeds["control-center-backend"]));
        Assert.Equal(("Control Center Frontend", true, 3000), Facts(seeds["control-center-frontend"]));
        Assert.Equal(("ComfyUI Image Generation Service", false, 8188), Facts(seeds["comfyui"]));
        Assert.Equal(("Knowledge Base Scheduler", false, null), Facts(seeds["kb-scheduler"]));
        Assert.Equal("npm run dev", string.Join(" ", seeds["control-center-frontend"].Command));
        Assert.Equal("${ZIGGIE_FRONTEND_DIR}", seeds["control-center-frontend"].Cwd);
        Assert.Equal("python manage.py schedule", string.Join(" ", seeds["kb-scheduler"].Command));
        Assert.Equal("${KB_SCHEDULER_DIR}", seeds["kb-scheduler"].Cwd);
        Assert.Equal("${COMFYUI_PYTHON:-python3}", seeds["comfyui"].Command[0]);
        Assert.Equal(OperatingSystem.IsWindows(), seeds["comfyui"].Command.Contains("--windows-standalone-build"));
        Assert.DoesNotContain(seeds.Values, s => s.Autostart);
    }

    [Fact]
    public async Task Without_a_daemon_the_missing_ones_are_added_once()
    {
        await using var daemon = new FakeDaemon();
        daemon.Services.Add("comfyui");

        Assert.Equal("Added control-center-backend, control-center-frontend, kb-scheduler.", await SeedAsync(daemon, daemon.Home));
        Assert.Equal("Nothing to add: all 4 services are there.", await SeedAsync(daemon, daemon.Home));
        Assert.Equal(All, daemon.Services.Current.Services.Keys);
    }

    [Fact]
    public async Task With_a_daemon_it_goes_through_its_socket()
    {
        await using var daemon = await FakeDaemon.StartAsync("--Auth:Anonymous=none", "--RateLimits:Enabled=true");
        daemon.Services.Add("comfyui");
        await using var none = new FakeDaemon();

        Assert.StartsWith("Added ", await SeedAsync(none, daemon.Home));
        Assert.Equal("Nothing to add: all 4 services are there.", await SeedAsync(none, daemon.Home));

        Assert.Equal(All, daemon.Services.Current.Services.Keys);
        Assert.Equal(["create control-center-backend by local", "create control-center-frontend by local", "create kb-scheduler by local"],
            daemon.Services.Heard.Order());
        Assert.Empty(none.Services.Current.Services);
        Assert.Equal("${ZIGGIE_FRONTEND_DIR}", daemon.Services.Current.Services["control-center-frontend"].Definition.Cwd);
    }

    private static (string?, bool, int?) Facts(ServiceDefinition service) => (service.Description, service.IsSystem, service.Port);

    private static async Task<string> SeedAsync(FakeDaemon services, string home)
    {
        using var said = new StringWriter();
        using var error = new StringWriter();
        var code = await ZiggieProgram.RunAsync(["seed", $"--ZIGGIE_HOME={home}"], (collection, _) => services.Configure(collection), said, error).WaitAsync(Wait.Limit);
        Assert.True(code == 0, error.ToString());
        return said.ToString().Trim();
    }
}
