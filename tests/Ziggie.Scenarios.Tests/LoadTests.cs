using System.Diagnostics;
using System.Globalization;
using Xunit;
using Ziggie.Api.Tests.Support;
using Ziggie.Scenarios.Tests.Support;

namespace Ziggie.Scenarios.Tests;

/// <summary>What a long life and scarce means do to the daemon. ZIGGIE_TEST_RESTARTS says how many restarts; 10,000 take a long time.</summary>
public sealed class LoadTests : Scenario
{
    [Fact]
    public async Task Many_restarts_leave_memory_descriptors_and_threads_flat()
    {
        var restarts = int.Parse(Environment.GetEnvironmentVariable("ZIGGIE_TEST_RESTARTS") ?? "60", CultureInfo.InvariantCulture);
        var daemon = await Home.StartAsync();
        var service = await daemon.DefineAsync(new { name = "again", command = "sleep 300", ready = new { grace = "1ms" } });
        await service.StartAsync();
        // The first ones load code, fill pools and grow the heap to its working size.
        for (var n = 0; n < Math.Max(20, restarts / 10); n++) await service.RestartAsync();
        var (descriptors, threads, memory) = MeansOf(daemon.Pid);

        for (var n = 0; n < restarts; n++) await service.RestartAsync();

        // What ended is held for some seconds more, so that no exit is lost if the daemon dies.
        await Wait.UntilAsync(() => Proc.DescriptorsOf(daemon.Pid) <= descriptors + 10, $"no more than {descriptors} descriptors are open");
        var after = MeansOf(daemon.Pid);
        Assert.InRange(after.Threads, 0, threads + 10);
        Assert.InRange(after.Memory, 0, memory + 60_000);
        await service.StopAsync();
        await Wait.UntilAsync(() => !Home.Processes().Except([daemon.Pid]).Any(), "nothing is left");
    }

    [Fact]
    public async Task Without_a_descriptor_left_the_daemon_lives_and_the_service_is_tried_again()
    {
        var daemon = await Home.StartAsync();
        var service = await daemon.DefineAsync(new { name = "tried", command = "sleep 300", restart = new { delay = "100ms", max_delay = "200ms", budget = 1000 }, ready = new { grace = "50ms" } });
        await service.StartAsync();
        await service.RestartAsync();
        await service.StopAsync();
        var running = await daemon.DefineAsync(new { name = "running", command = "sleep 300" });
        var pid = await running.StartAsync();
        // Connections take descriptors too, so these are there before.
        var crowd = Enumerable.Range(0, 30).Select(_ => daemon.Local()).ToList();
        await Task.WhenAll(crowd.Select(client => client.GetAsync("/api/history")));

        await Wait.UntilAsync(() => Proc.ThreadsOf(daemon.Pid, ".NET TP Worker") >= 32, "the daemon has threads to spare");

        await LimitDescriptorsAsync(daemon.Pid, Proc.DescriptorsOf(daemon.Pid) - 2);
        var answer = await service.DoAsync("start");
        Assert.True(answer.Status is 400 or 503, answer.Text);
        // Between two tries it is neither.
        var status = await service.UntilAsync(s => s.Status() == "failed", "has failed");
        Assert.NotEmpty(status.Reason()!);
        Assert.Equal(pid, await running.PidAsync());
        // Reading the store blocks threads, so the pool wants more of them; for a new one there is no descriptor.
        for (var n = 0; n < 20; n++) await Task.WhenAll(crowd.Select(client => client.GetAsync("/api/history")));
        var late = daemon.Local().GetAsync("/api/services");

        await LimitDescriptorsAsync(daemon.Pid, 1000);
        await service.UntilAsync(s => s.Phase() == "running", "is tried again");
        Assert.Equal(pid, await running.PidAsync());
        (await late).Ok();
    }

    private static (int Descriptors, long Threads, long Memory) MeansOf(int pid) =>
        (Proc.DescriptorsOf(pid), Proc.StatusOf(pid, "Threads"), Proc.StatusOf(pid, "VmRSS"));

    private static async Task LimitDescriptorsAsync(int pid, int limit)
    {
        using var prlimit = Process.Start("prlimit", [$"--pid={pid}", $"--nofile={limit}:"]);
        await prlimit.WaitForExitAsync();
        Assert.Equal(0, prlimit.ExitCode);
    }
}
