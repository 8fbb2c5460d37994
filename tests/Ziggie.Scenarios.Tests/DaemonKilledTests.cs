using System.Globalization;
using Xunit;
using Ziggie.Scenarios.Tests.Support;

namespace Ziggie.Scenarios.Tests;

/// <summary>The daemon may die at any moment; the services run on, and the next daemon takes them back.</summary>
public sealed class DaemonKilledTests : Scenario
{
    // Crashes once, so that there is a restart to remember.
    private string Writer => $"if [ ! -e {Home.In("crashed")} ]; then touch {Home.In("crashed")}; exit 1; fi; echo up $$; n=0; while :; do n=$((n+1)); echo line $n; sleep 0.02; done";

    [Fact]
    public async Task After_a_kill_the_services_run_on_and_the_next_daemon_has_them_back_with_pid_uptime_and_restarts()
    {
        var first = await Home.StartAsync();
        var writer = await first.DefineAsync(new { name = "writer", command = Writer, shell = true, ready = new { grace = "100ms" } });
        var quiet = await first.DefineAsync(new { name = "quiet", command = "sleep 300" });
        await writer.DoAsync("start");
        await quiet.StartAsync();
        var before = await writer.UntilAsync(s => s.Phase() == "running" && s.Restarts() == 1, "runs after its crash");
        var quietBefore = await quiet.StatusAsync();
        await writer.PrintedAsync("line 10");

        await first.KillAsync();

        Assert.True(Proc.Lives(before.Pid()!.Value));
        Assert.True(Proc.Lives(quietBefore.Pid()!.Value));
        var second = await Home.StartAsync();
        writer = second.Service("writer");
        foreach (var (was, isNow) in new[] { (before, await writer.StatusAsync()), (quietBefore, await second.Service("quiet").StatusAsync()) })
        {
            Assert.Equal("running", isNow.Status());
            Assert.Equal((was.Pid(), was.Restarts(), was.Text("started_at")), (isNow.Pid(), isNow.Restarts(), isNow.Text("started_at")));
            Assert.True(isNow.GetProperty("uptime_seconds").GetDouble() > was.GetProperty("uptime_seconds").GetDouble());
        }
        var lines = await writer.LinesAsync();
        await writer.UntilAsync(_ => writer.LinesAsync().Result.Length > lines.Length, "writes on");
        // No second copy: only one ever said that it is up.
        Assert.Single(await writer.PrintedAsync("up ", 1));

        await writer.StopAsync();
        // Its parent is another by now, and reaps it when it likes.
        Assert.False(Proc.Lives(before.Pid()!.Value));
    }

    [Fact]
    public async Task An_adopted_service_that_ends_is_restarted_by_its_policy_and_its_exit_is_known()
    {
        var first = await Home.StartAsync();
        var gate = Home.In("gate");
        var service = await first.DefineAsync(
            new { name = "ends", command = $"echo up $$; while [ ! -e {gate} ]; do sleep 0.02; done; rm {gate}; exit 23", shell = true, ready = new { grace = "100ms" } });
        var pid = await service.StartAsync();
        await first.KillAsync();

        var second = await Home.StartAsync();
        service = second.Service("ends");
        Assert.Equal(pid, await service.PidAsync());
        await File.WriteAllTextAsync(gate, "");

        var next = await service.UntilAsync(s => s.Restarts() == 1 && s.Phase() == "running", "runs again");
        Assert.NotEqual(pid, next.Pid());
        Assert.Equal(2, (await service.PrintedAsync("up ", 2)).Length);
        // Older kernels cannot say it, and then it is said to be unknown.
        Assert.Equal(Environment.OSVersion.Version >= new Version(6, 15) ? 23 : null, next.ExitCode());
    }

    [Theory]
    [InlineData("on-failure", 1)]
    [InlineData("never", 0)]
    public async Task A_service_that_ended_meanwhile_is_noticed_once_and_its_policy_applied_once(string restart, int restarts)
    {
        var first = await Home.StartAsync();
        var service = await first.DefineAsync(new { name = "ended", command = "echo up $$; exec sleep 300", shell = true, restart, ready = new { grace = "100ms" } });
        var pid = await service.StartAsync();
        await first.KillAsync();
        Proc.Signal(pid, Proc.Kill);
        await Api.Tests.Support.Wait.UntilAsync(() => !Proc.Lives(pid), "the service has ended");

        var second = await Home.StartAsync();
        service = second.Service("ended");
        var status = await service.UntilAsync(s => s.Phase() == (restarts == 1 ? "running" : "failed"), "is noticed");
        Assert.Equal(restarts, status.Restarts());
        Assert.NotEqual(pid, status.Pid());
        Assert.Null(status.ExitCode());
        if (status.ExitSignal() is { } signal) Assert.Equal("SIGKILL", signal);
        await second.KillAsync();

        // Yet another daemon does not apply it again.
        var third = await Home.StartAsync();
        var after = await third.Service("ended").StatusAsync();
        Assert.Equal((status.Phase(), status.Restarts(), status.Pid()), (after.Phase(), after.Restarts(), after.Pid()));
        Assert.Equal(1 + restarts, (await third.Service("ended").PrintedAsync("up ", 1 + restarts)).Length);
    }

    [Fact]
    public async Task Every_numbered_line_is_in_the_log_exactly_once_after_several_kills()
    {
        const int lines = 10_000;
        var daemon = await Home.StartAsync();
        const string script = "n=0; while [ $n -lt 10000 ]; do n=$((n+1)); echo $n; [ $((n % 50)) = 0 ] && sleep 0.04; done; exec sleep 300";
        var service = await daemon.DefineAsync(new { name = "counter", command = script, shell = true, logs = new { max_size = "16KB", max_files = 100 } });
        var pid = await service.StartAsync();

        for (var life = 0; life < 3; life++)
        {
            var written = (await service.LinesAsync()).Length;
            await service.UntilAsync(_ => service.LinesAsync().Result.Length >= Math.Min(lines, written + 100), "writes");
            await daemon.KillAsync();
            daemon = await Home.StartAsync();
            service = daemon.Service("counter");
        }

        await service.PrintedAsync(lines.ToString(CultureInfo.InvariantCulture));
        Assert.Equal(Enumerable.Range(1, lines).Select(n => n.ToString(CultureInfo.InvariantCulture)), await service.LinesAsync());
        Assert.Equal(pid, await service.PidAsync());
    }
}
