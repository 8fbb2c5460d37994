using Xunit;
using Ziggie.Api.Tests.Support;
using Ziggie.Scenarios.Tests.Support;

namespace Ziggie.Scenarios.Tests;

/// <summary>The process that holds what outlives a daemon does not outlive everybody.</summary>
public sealed class KeeperTests : Scenario
{
    [Fact]
    public async Task When_no_daemon_comes_any_more_it_goes_by_itself()
    {
        var daemon = await Home.StartAsync("--Keeper:Stays=3s");
        var service = await daemon.DefineAsync(new { name = "sleeps", command = "sleep 300", ready = new { grace = "10ms" } });
        var pid = await service.StartAsync();
        await Wait.UntilAsync(() => Keepers().Count == 1, "there is a keeper");

        await daemon.KillAsync();
        Proc.Signal(pid, Proc.Kill);

        await Wait.UntilAsync(() => Home.Processes().Count == 0, "no process is left");
    }

    [Fact]
    public async Task While_there_is_a_daemon_a_new_one_takes_its_place_in_time()
    {
        var daemon = await Home.StartAsync("--Keeper:Stays=2s");
        var service = await daemon.DefineAsync(new { name = "sleeps", command = "sleep 300", ready = new { grace = "10ms" } });
        await service.StartAsync();
        HashSet<int> seen = [];
        await Wait.UntilAsync(() =>
        {
            var now = Keepers();
            seen.UnionWith(now);
            return seen.Count >= 5;
        }, "there were five keepers");

        await daemon.KillAsync();
        Assert.NotEmpty(Keepers());
    }

    private List<int> Keepers() =>
        [.. Home.Processes().Where(pid => Proc.Lives(pid) && Proc.CommandLineOf(pid).StartsWith("ziggie-keeper", StringComparison.Ordinal))];
}
