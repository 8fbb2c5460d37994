using System.Diagnostics;
using System.Globalization;
using Xunit;
using Ziggie.Api.Tests.Support;
using Ziggie.Scenarios.Tests.Support;

namespace Ziggie.Scenarios.Tests;

/// <summary>The daemon is to hand over to a program on disk that does not come up.</summary>
public sealed class BrokenProgramTests : Scenario
{
    private string Program => Home.In("program");

    [Theory]
    [InlineData("no program at all")]
    [InlineData("half of it")]
    [InlineData("another program")]
    public async Task The_old_one_stays_no_service_notices_and_it_hands_over_when_the_program_is_whole_again(string what)
    {
        var whole = AppContext.BaseDirectory;
        await CopyAsync(whole);
        var daemon = await Home.StartAsync(["/bin/sh", "-c", $"host=$1; shift 2; exec \"$host\" {Program}/Ziggie.Api.dll \"$@\"", "sh"], []);
        var counter = await daemon.DefineAsync(
            new { name = "counter", command = "i=0; while :; do echo line $i; i=$((i+1)); sleep 0.01; done", shell = true, ready = new { grace = "50ms" } });
        var pid = await counter.StartAsync();
        Break(what, whole);

        var answer = await daemon.Owner.PostAsync("/api/daemon/restart");

        Assert.InRange(answer.Status, 400, 599);
        Assert.Contains("this one stays", answer.Text, StringComparison.Ordinal);
        Assert.Equal(daemon.Pid, await daemon.Service("control-center-backend").PidAsync());
        Assert.Equal(pid, await counter.PidAsync());
        // Nothing of the attempt is left, and the daemon works on.
        await Wait.UntilAsync(() => Daemons().SequenceEqual([daemon.Pid]), "there is one daemon");
        Assert.Empty(Directory.GetFiles(Path.Combine(Home.Root, "run"), "handover-*"));
        await (await daemon.DefineAsync(new { name = "later", command = "sleep 300", ready = new { grace = "10ms" } })).StartAsync();

        Mend(whole);
        var mended = await daemon.Owner.PostAsync("/api/daemon/restart");
        Assert.True(mended.Status == 202, mended.Text);
        Assert.Equal(0, await daemon.ExitAsync());
        await Wait.UntilAsync(() => File.Exists(Path.Combine(Home.Root, "run", "ziggie.sock")), "the new one answers");
        Assert.Equal(pid, await counter.PidAsync());
        var numbers = (await counter.PrintedAsync("line ", 50)).Select(n => int.Parse(n, CultureInfo.InvariantCulture)).ToList();
        Assert.Equal(Enumerable.Range(0, numbers.Count), numbers);
    }

    private void Break(string what, string whole)
    {
        // As a new file under the name: what runs has the old one open.
        File.Delete(In("Ziggie.Api.dll"));
        switch (what)
        {
            case "no program at all":
                File.WriteAllText(In("Ziggie.Api.dll"), "garbage");
                break;
            case "half of it":
                File.Copy(Path.Combine(whole, "Ziggie.Api.dll"), In("Ziggie.Api.dll"));
                Directory.Delete(In("hocon"), recursive: true);
                break;
            default:
                File.Copy(Path.Combine(whole, "Ziggie.Dummy.dll"), In("Ziggie.Api.dll"));
                break;
        }
    }

    private void Mend(string whole)
    {
        File.Copy(Path.Combine(whole, "Ziggie.Api.dll"), In("Ziggie.Api.dll"), overwrite: true);
        if (Directory.Exists(In("hocon"))) return;
        Directory.CreateDirectory(In("hocon"));
        foreach (var file in Directory.GetFiles(Path.Combine(whole, "hocon"))) File.Copy(file, In(Path.Combine("hocon", Path.GetFileName(file))));
    }

    private string In(string name) => Path.Combine(Program, name);

    private List<int> Daemons() => [.. Home.Processes().Where(pid => Proc.CommandLineOf(pid).Contains("Ziggie.Api.dll", StringComparison.Ordinal))];

    private async Task CopyAsync(string from)
    {
        using var copy = Process.Start("cp", ["-r", from, Program]);
        await copy.WaitForExitAsync();
        Assert.Equal(0, copy.ExitCode);
    }
}
