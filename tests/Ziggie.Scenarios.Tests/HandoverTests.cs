using System.Globalization;
using Xunit;
using Ziggie.Api.Tests.Support;
using Ziggie.Scenarios.Tests.Support;

namespace Ziggie.Scenarios.Tests;

/// <summary>The daemon leaves and comes back, on request, and its services do not notice.</summary>
public sealed class HandoverTests : Scenario
{
    private const int HangUp = 1;
    private const int User1 = 10;

    private static readonly object Counter =
        new { name = "counter", command = "i=0; while :; do echo line $i; i=$((i+1)); sleep 0.01; done", shell = true, ready = new { grace = "100ms" } };

    [Fact]
    public async Task A_restart_of_the_daemon_s_own_service_hands_over_to_a_new_process_and_no_service_notices()
    {
        var daemon = await Home.StartAsync();
        var counter = await daemon.DefineAsync(Counter);
        var pid = await counter.StartAsync();

        var answer = await daemon.Service("control-center-backend").DoAsync("restart");

        Assert.Equal(202, answer.Status);
        Assert.Equal(0, await daemon.ExitAsync());
        var successor = await SuccessorOfAsync(daemon.Pid);
        Assert.Equal(successor, await daemon.Service("control-center-backend").PidAsync());
        Assert.Equal(pid, await counter.PidAsync());
        await LinesAreWholeAsync(counter);
    }

    [Fact]
    public async Task SIGHUP_hands_over_as_well()
    {
        var daemon = await Home.StartAsync();
        var counter = await daemon.DefineAsync(Counter);
        var pid = await counter.StartAsync();

        daemon.Signal(HangUp);

        Assert.Equal(0, await daemon.ExitAsync());
        await SuccessorOfAsync(daemon.Pid);
        Assert.Equal(pid, await counter.PidAsync());
    }

    [Fact]
    public async Task Services_that_are_kept_run_on_without_a_daemon_and_the_next_one_takes_them_back()
    {
        var daemon = await Home.StartAsync("--Shutdown:Services=keep");
        var counter = await daemon.DefineAsync(Counter);
        var pid = await counter.StartAsync();

        Assert.Equal(0, await daemon.StopAsync());
        Assert.Contains(pid, Home.Processes());
        counter = (await Home.StartAsync()).Service("counter");

        Assert.Equal(pid, await counter.PidAsync());
        await LinesAreWholeAsync(counter);
    }

    [Fact]
    public async Task A_signal_that_is_passed_on_reaches_the_services_and_not_the_daemon()
    {
        var daemon = await Home.StartAsync("--Signals:Forward=USR1,HUP", "--Signals:To=trap");
        var service = await daemon.DefineAsync(
            new { name = "trap", command = "trap 'echo got usr1' USR1; trap 'echo got hup' HUP; echo up; while :; do sleep 0.05; done", shell = true });
        await service.StartAsync();
        await service.PrintedAsync("up");

        daemon.Signal(User1);
        await service.PrintedAsync("got usr1");
        daemon.Signal(HangUp);
        await service.PrintedAsync("got hup");

        Assert.Equal(daemon.Pid, await daemon.Service("control-center-backend").PidAsync());
    }

    [Fact]
    public async Task A_signal_that_the_daemon_lives_by_cannot_be_passed_on()
    {
        var program = Home.Run(["--urls", "http://127.0.0.1:0", "--Signals:Forward=TERM"]);

        Assert.Equal(4, await program.ExitAsync());
        Assert.Contains("Signals:Forward holds 'TERM'", program.Errors);
    }

    private async Task<int> SuccessorOfAsync(int before)
    {
        var file = Path.Combine(Home.Root, "run", "daemon.pid");
        var pid = before;
        await Wait.UntilAsync(() => File.Exists(file) && int.TryParse(File.ReadAllText(file), CultureInfo.InvariantCulture, out pid) && pid != before
            && File.Exists(Path.Combine(Home.Root, "run", "ziggie.sock")), "a new daemon holds the home");
        return pid;
    }

    private static async Task LinesAreWholeAsync(Service counter)
    {
        var numbers = (await counter.PrintedAsync("line ", 50)).Select(n => int.Parse(n, CultureInfo.InvariantCulture)).ToList();
        Assert.Equal(Enumerable.Range(0, numbers.Count), numbers);
    }
}
