using System.Globalization;
using Xunit;
using Ziggie.Api.Tests.Support;
using Ziggie.Dummy;
using Ziggie.Processes.Tests;
using Ziggie.Scenarios.Tests.Support;

namespace Ziggie.Scenarios.Tests;

/// <summary>What the daemon of a user who is not root can do when it comes back.</summary>
public sealed class UserTests : OtherUser
{
    private static bool KernelKeepsExits => Environment.OSVersion.Version >= new Version(6, 15);

    [RootFact]
    public async Task With_the_rights_that_a_user_has_over_his_own_processes_all_of_it()
    {
        var (pid, _) = await EndWhileThereIsNoDaemonAsync();

        var next = await StartAsync();

        await CheckWriterAsync(next, pid);
        await CheckEndAsync(next, isKnown: KernelKeepsExits);
        Assert.Equal(0, await next.StopAsync());
        Assert.Empty(Home.Processes());
    }

    /// <summary>As with kernel.yama.ptrace_scope 1, or in a container whose filter forbids it.</summary>
    [RootFact]
    public async Task Where_descriptors_may_not_be_copied_all_but_how_something_ended_meanwhile()
    {
        var (pid, ended) = await EndWhileThereIsNoDaemonAsync();

        var next = await StartAsync([.. DummyProgram.Command("forbid-copies")]);

        await CheckWriterAsync(next, pid);
        await CheckEndAsync(next, isKnown: false);
        Assert.False(Proc.Lives(ended));
        Assert.Equal(0, await next.StopAsync());
        Assert.Empty(Home.Processes());
    }

    private async Task<(int Writer, int Ended)> EndWhileThereIsNoDaemonAsync()
    {
        var gate = Home.In("gate");
        var first = await StartAsync();
        var writer = await first.DefineAsync(
            new { name = "writer", command = "i=0; while :; do echo line $i; i=$((i+1)); sleep 0.01; done", shell = true, ready = new { grace = "50ms" } });
        var pid = await writer.StartAsync();
        var ends = await first.DefineAsync(new
        {
            name = "ends",
            command = $"echo up; while [ ! -e {gate} ]; do sleep 0.02; done; echo last words; exit 37",
            shell = true,
            restart = "never",
            ready = new { grace = "50ms" },
        });
        var ended = await ends.StartAsync();
        await first.KillAsync();
        await File.WriteAllTextAsync(gate, "");
        await Wait.UntilAsync(() => !Proc.Exists(ended), "the service has ended and was reaped");
        return (pid, ended);
    }

    private static async Task CheckWriterAsync(RealDaemon daemon, int pid)
    {
        var writer = daemon.Service("writer");
        Assert.Equal(pid, await writer.PidAsync());
        var numbers = (await writer.PrintedAsync("line ", 50)).Select(n => int.Parse(n, CultureInfo.InvariantCulture)).ToList();
        Assert.Equal(Enumerable.Range(0, numbers.Count), numbers);
    }

    private static async Task CheckEndAsync(RealDaemon daemon, bool isKnown)
    {
        var ends = daemon.Service("ends");
        var status = await ends.UntilAsync(s => s.Phase() == "failed", "has failed");
        Assert.Equal(isKnown ? 37 : null, status.ExitCode());
        Assert.Null(status.ExitSignal());
        Assert.Equal(["up", "last words"], await ends.LinesAsync());
    }
}
