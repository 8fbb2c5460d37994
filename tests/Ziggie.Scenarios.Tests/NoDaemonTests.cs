using Xunit;
using Ziggie.Api.Tests.Support;
using Ziggie.Scenarios.Tests.Support;

namespace Ziggie.Scenarios.Tests;

/// <summary>What happens while there is no daemon is known to the next one; and the process that sees to it goes when it is not needed.</summary>
public sealed class NoDaemonTests : Scenario
{
    private static bool KernelKeepsExits => Environment.OSVersion.Version >= new Version(6, 15);

    [Theory]
    [InlineData("exit 37", 37, null)]
    [InlineData("kill -9 $$", null, "SIGKILL")]
    public async Task A_service_that_ends_while_there_is_no_daemon_has_its_true_end_and_its_last_line(string end, int? code, string? signal)
    {
        var gate = Home.In("gate");
        var first = await Home.StartAsync();
        var service = await first.DefineAsync(Definition($"echo up; while [ ! -e {gate} ]; do sleep 0.02; done; echo last words; {end}", "100ms"));
        var pid = await service.StartAsync();
        await first.KillAsync();

        await File.WriteAllTextAsync(gate, "");
        await Wait.UntilAsync(() => !Proc.Exists(pid), "the service has ended and was reaped");

        await CheckEndAsync(code, signal, "up", "last words");
    }

    [Fact]
    public async Task So_has_one_that_ended_within_a_moment_of_its_recorded_start()
    {
        var started = Home.In("started");
        var first = await Home.StartAsync();
        // It waits until its start is recorded, which its PID in the API shows.
        var service = await first.DefineAsync(Definition($"echo $$ > {started}; while [ -e {started} ]; do :; done; echo last words; exit 37", "30s"));
        var starting = service.DoAsync("start");
        await service.UntilAsync(s => s.Pid() is not null && File.Exists(started), "is recorded as started");

        first.Signal(Proc.Kill);
        File.Delete(started);
        await first.ExitAsync();
        await Assert.ThrowsAsync<HttpRequestException>(() => starting);

        await CheckEndAsync(37, null, "last words");
    }

    [Fact]
    public async Task There_is_one_keeper_while_something_runs_and_none_when_nothing_does()
    {
        var daemon = await Home.StartAsync();
        var service = await daemon.DefineAsync(new { name = "sleeps", command = "sleep 300", ready = new { grace = "10ms" } });
        await service.StartAsync();
        for (var life = 0; life < 3; life++)
        {
            await Wait.UntilAsync(() => Keepers().Count == 1, "there is one keeper");
            await daemon.KillAsync();
            Assert.Single(Keepers());
            daemon = await Home.StartAsync();
        }

        await daemon.Service("sleeps").StopAsync();
        await Wait.UntilAsync(() => Keepers().Count == 0, "there is no keeper");
    }

    [Fact]
    public async Task An_orderly_end_leaves_no_keeper_and_that_of_another_home_alone()
    {
        await using var other = new DaemonHome();
        var neighbour = await other.StartAsync();
        await (await neighbour.DefineAsync(new { name = "sleeps", command = "sleep 300", ready = new { grace = "10ms" } })).StartAsync();
        await Wait.UntilAsync(() => Keepers(other).Count == 1, "the other home has its keeper");
        await neighbour.KillAsync();
        var before = Assert.Single(Keepers(other));

        var daemon = await Home.StartAsync();
        await (await daemon.DefineAsync(new { name = "sleeps", command = "sleep 300", ready = new { grace = "10ms" } })).StartAsync();
        Assert.Equal(0, await daemon.StopAsync());

        Assert.Empty(Home.Processes());
        Assert.Equal(before, Assert.Single(Keepers(other)));
    }

    private static object Definition(string script, string grace) =>
        new { name = "ends", command = script, shell = true, restart = "never", ready = new { grace } };

    private async Task CheckEndAsync(int? code, string? signal, params string[] lines)
    {
        var second = await Home.StartAsync();
        var service = second.Service("ends");
        var status = await service.UntilAsync(s => s.Phase() == "failed", "has failed");
        Assert.Equal(KernelKeepsExits ? (code, signal) : (null, null), (status.ExitCode(), status.ExitSignal()));
        Assert.Equal(lines, await service.LinesAsync());
    }

    private IReadOnlyList<int> Keepers() => Keepers(Home);

    private static IReadOnlyList<int> Keepers(DaemonHome home) =>
        [.. Proc.Of(Path.GetDirectoryName(home.Root)!).Where(pid => Proc.Lives(pid) && Proc.CommandLineOf(pid).StartsWith("ziggie-keeper", StringComparison.Ordinal))];
}
