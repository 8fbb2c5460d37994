using Xunit;
using Ziggie.Api.Tests.Support;
using Ziggie.Scenarios.Tests.Support;

namespace Ziggie.Scenarios.Tests;

/// <summary>A daemon with the launcher that works everywhere, and the way of output that goes with it.</summary>
public sealed class PortableLauncherTests : Scenario
{
    private const string Portable = "--Launcher=portable";

    [Fact]
    public async Task Services_start_write_crash_restart_and_stop_without_anything_of_Linux()
    {
        var daemon = await Home.StartAsync(Portable);
        var gate = Home.In("gate");
        var service = await daemon.DefineAsync(new
        {
            name = "writes",
            command = $"echo up; echo bad >&2; while [ ! -e {gate} ]; do sleep 0.02; done; rm {gate}; echo last words; exit 7",
            shell = true,
            restart = new { policy = "always", delay = "10ms" },
            ready = new { grace = "50ms" },
            logs = new { stderr = "separate" },
        });
        var pid = await service.StartAsync();
        await service.PrintedAsync("up");
        await service.PrintedAsync("bad");

        await File.WriteAllTextAsync(gate, "");
        await service.PrintedAsync("last words");
        var again = await service.UntilAsync(s => s.Phase() == "running" && s.Pid() != pid, "runs again");
        Assert.Equal(7, again.ExitCode());
        await service.PrintedAsync("up", 2);

        Assert.Contains("stopped", await service.StopAsync(), StringComparison.Ordinal);
        Assert.Empty(Home.Processes().Except([daemon.Pid]));
        Assert.Empty(Directory.GetFiles(Path.Combine(Home.Root, "run"), "*.out"));
        Assert.Equal("up\nlast words\nup\n", (await daemon.Owner.GetAsync("/api/services/writes/logs/download?stream=stdout")).Text);
        Assert.Equal(0, await daemon.StopAsync());
    }

    [Fact]
    public async Task Every_line_of_a_flood_over_rotations_is_there_once()
    {
        const int lines = 100_000;
        var daemon = await Home.StartAsync(Portable);
        var service = await daemon.DefineAsync(new
        {
            name = "flood",
            command = $"seq 1 {lines}",
            shell = true,
            restart = "never",
            ready = new { grace = "1ms" },
            logs = new { max_size = "50KB", max_files = 100 },
        });
        await service.DoAsync("start");
        await service.UntilAsync(s => s.Phase() == "completed", "has ended");

        var log = (await daemon.Owner.GetAsync("/api/services/flood/logs/download")).Text;
        Assert.Equal(Enumerable.Range(1, lines).Select(n => n.ToString(System.Globalization.CultureInfo.InvariantCulture)), log.TrimEnd('\n').Split('\n'));
    }

    [Fact]
    public async Task It_says_what_it_cannot_do_and_a_killed_daemon_s_services_are_started_anew_once()
    {
        var first = await Home.StartAsync(Portable);
        var info = (await first.Owner.GetAsync("/api/system/info")).Text;
        Assert.Contains("Services cannot be taken back by a later daemon", info, StringComparison.Ordinal);
        var service = await first.DefineAsync(new { name = "sleeps", command = "sleep 300", ready = new { grace = "10ms" } });
        var pid = await service.StartAsync();
        await first.KillAsync();

        var second = (await Home.StartAsync(Portable)).Service("sleeps");

        var status = await second.UntilAsync(s => s.Phase() == "running" && s.Pid() != pid, "runs anew");
        await Wait.UntilAsync(() => !Proc.Lives(pid), "the old one is gone");
        Assert.True(Proc.Lives(status.Pid()!.Value));
        await second.StopAsync();
    }
}
