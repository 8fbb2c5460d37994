using Xunit;

namespace Ziggie.Processes.Tests;

/// <summary>The launcher in a program that is PID 1, as it is in a container.</summary>
public sealed class Pid1Tests
{
    private static readonly string[] Endings = [.. Enumerable.Range(0, 20).Select(code => $"exit {code}"), "kill -9 $$", "kill -15 $$"];

    private static string[] Supervise(params string[] scripts) => ["supervise", $"{scripts.Length}", .. scripts];

    [RootFact]
    public Task Exit_codes_are_true() => ExpectTrueExitCodes(Supervise(Endings));

    /// <summary>The runtime reaps every child of PID 1 from its first own child on: only the pidfd then knows how a service ended.</summary>
    [RootFact]
    public Task Exit_codes_are_true_when_the_runtime_reaps_the_services() => ExpectTrueExitCodes(["run-child", .. Supervise(Endings)]);

    private static async Task ExpectTrueExitCodes(string[] verbs)
    {
        using var space = await PidNamespace.StartAsync(verbs);
        for (var index = 0; index < 20; index++) await space.PrintedAsync($"ended {index} exit {index}");
        await space.PrintedAsync("ended 20 SIGKILL");
        await space.PrintedAsync("ended 21 SIGTERM");
        await PidNamespace.UntilAsync(() => space.Members().Count == 1, () => $"nothing but PID 1: {string.Join(", ", space.Members())}");
    }

    [RootFact]
    public Task Orphans_of_services_and_of_strangers_are_reaped() => ExpectNoZombies(Supervise(Orphaning));

    [RootFact]
    public Task Orphans_are_reaped_beside_children_of_the_runtime() => ExpectNoZombies(["run-child", .. Supervise(Orphaning)]);

    private const string Orphaning = "for i in 1 2 3; do (setsid sh -c 'sleep 0.2; exit 5' &); (sleep 0.2 &); done; exec sleep 300";

    private static async Task ExpectNoZombies(string[] verbs)
    {
        using var space = await PidNamespace.StartAsync(verbs);
        await space.PrintedAsync("launched");
        space.Enter("(setsid sleep 0.2 &); (sleep 0.2 &)");
        await PidNamespace.UntilAsync(() => space.Members().Count == 2, () => $"PID 1 and its service alone: {string.Join(", ", space.Members())}");
        Assert.DoesNotContain(space.Lines, line => line.StartsWith("ended", StringComparison.Ordinal));
    }

    [RootFact]
    public async Task A_request_to_end_stops_the_services_and_is_a_clean_end()
    {
        using var space = await PidNamespace.StartAsync(Supervise("trap 'exit 3' TERM; sleep 300 & wait", "sleep 300 & setsid sleep 300 & wait"));
        await space.PrintedAsync("launched");
        await PidNamespace.UntilAsync(() => space.Members().Count == 6, () => $"all of the trees: {string.Join(", ", space.Members())}");
        var members = space.Members();
        space.Signal("TERM");
        Assert.Equal(0, await space.EndAsync());
        await space.PrintedAsync("stopped");
        Assert.Contains("ended 0 exit 3", space.Lines);
        Assert.Contains("ended 1 SIGTERM", space.Lines);
        Assert.Empty(PidNamespace.Left(members));
    }

    [RootFact]
    public async Task Its_death_leaves_nothing_behind()
    {
        using var space = await PidNamespace.StartAsync(Supervise("trap '' TERM; setsid sleep 300 & sleep 300 & wait"));
        await PidNamespace.UntilAsync(() => space.Members().Count == 4, () => $"the tree: {string.Join(", ", space.Members())}");
        var members = space.Members();
        space.Signal("KILL");
        Assert.NotEqual(0, await space.EndAsync());
        Assert.Empty(PidNamespace.Left(members));
    }
}
