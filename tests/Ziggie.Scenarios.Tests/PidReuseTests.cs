using System.Diagnostics;
using System.Globalization;
using Xunit;
using Ziggie.Api.Tests.Support;
using Ziggie.Processes.Tests;
using Ziggie.Scenarios.Tests.Support;

namespace Ziggie.Scenarios.Tests;

/// <summary>A PID that belongs to somebody else by now.</summary>
public sealed class PidReuseTests : Scenario
{
    private const string LastPid = "/proc/sys/kernel/ns_last_pid";

    [RootFact]
    public async Task A_pid_that_a_stranger_has_by_now_is_neither_adopted_nor_signalled()
    {
        var first = await Home.StartAsync();
        var service = await first.DefineAsync(new { name = "gone", command = "sleep 300", restart = "never" });
        var pid = await service.StartAsync();
        await first.KillAsync();
        Proc.Signal(pid, Proc.Kill);
        await Wait.UntilAsync(() => !Proc.Exists(pid), "the service's PID is free");
        using var stranger = await StartWithPidAsync(pid);
        try
        {
            var began = Proc.StartTimeOf(pid);
            var second = await Home.StartAsync();
            service = second.Service("gone");
            var status = await service.UntilAsync(s => s.Phase() == "failed", "is known to have ended");
            Assert.Null(status.Pid());
            await service.DoAsync("stop?force=true");
            Assert.NotEqual(pid, await service.StartAsync());
            await service.StopAsync();
            Assert.True(Proc.Lives(pid));
            Assert.Equal(began, Proc.StartTimeOf(pid));
        }
        finally
        {
            stranger.Kill();
        }
    }

    // The kernel gives the PID after the last one, unless another process is quicker: then that one is awaited and tried again.
    private static async Task<Process> StartWithPidAsync(int pid)
    {
        Process? stranger = null;
        await Wait.UntilAsync(() =>
        {
            if (Proc.Exists(pid)) return false;
            var text = (pid - 1).ToString(CultureInfo.InvariantCulture);
            var start = new ProcessStartInfo("/bin/sh", ["-c", $"echo {text} > {LastPid}; env -i sleep 300 & echo $!; wait"]) { RedirectStandardOutput = true, WorkingDirectory = "/" };
            var shell = Process.Start(start)!;
            var given = int.Parse(shell.StandardOutput.ReadLine()!, CultureInfo.InvariantCulture);
            var child = Process.GetProcessById(given);
            shell.Kill();
            shell.Dispose();
            if (given == pid) stranger = child;
            else child.Kill();
            return stranger is not null;
        }, $"a stranger has PID {pid}");
        return stranger!;
    }
}
