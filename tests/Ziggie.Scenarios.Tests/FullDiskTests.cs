using System.Diagnostics;
using Xunit;
using Ziggie.Api.Tests.Support;
using Ziggie.Processes.Tests;
using Ziggie.Scenarios.Tests.Support;

namespace Ziggie.Scenarios.Tests;

/// <summary>A home on a disk that is full: commands are refused and say so, services run on, and nothing that was answered is lost.</summary>
public sealed class FullDiskTests : Scenario
{
    private string Filler => Path.Combine(Home.Root, "filler");

    public override async Task InitializeAsync() => await RunAsync("mount", "-t", "tmpfs", "-o", "size=48m", "tmpfs", Home.Root);

    public override async Task DisposeAsync()
    {
        await RunAsync("umount", "-l", Home.Root);
        await Home.DisposeAsync();
    }

    [RootFact]
    public async Task Commands_are_refused_with_what_to_do_services_run_on_and_all_goes_on_when_there_is_room()
    {
        var daemon = await Home.StartAsync();
        var service = await daemon.DefineAsync(new { name = "runs", command = "n=0; while :; do n=$((n+1)); echo line $n; sleep 0.05; done", shell = true, ready = "50ms" });
        var pid = await service.StartAsync();
        Fill();

        List<string> defined = [];
        Answer? refused = null;
        for (var n = 0; n < 2000 && refused is null; n++)
        {
            var answer = await daemon.Owner.PostAsync("/api/services", new { name = $"more-{n}", command = "sleep 300", description = new string('x', 400) });
            if (answer.Status == 201) defined.Add($"more-{n}");
            else refused = answer;
        }
        Assert.NotNull(refused);
        Assert.Contains("disk", refused.Problem(503, "store_failed").Text("detail"));
        Assert.True(Proc.Lives(pid));
        Assert.Equal(pid, await service.PidAsync());

        File.Delete(Filler);
        await Wait.UntilAsync(async () => (await service.DoAsync("signal?signal=CONT")).Status == 200, "commands work again");
        await Wait.UntilAsync(async () => (await daemon.Owner.PostAsync("/api/services", new { name = "after", command = "sleep 300" })).Status is 201 or 409, "services can be defined again");
        var lines = await service.LinesAsync();
        await service.UntilAsync(_ => service.LinesAsync().Result.Length > lines.Length, "goes on logging");

        await daemon.KillAsync();
        var next = await Home.StartAsync();
        Assert.Equal(pid, await next.Service("runs").PidAsync());
        foreach (var name in defined) Assert.Equal("stopped", (await next.Service(name).StatusAsync()).Status());
        await next.Service("runs").StopAsync();
    }

    [RootFact]
    public async Task A_start_on_a_full_disk_says_so_and_leaves_the_services_and_the_store_as_they_are()
    {
        var first = await Home.StartAsync();
        var pid = await (await first.DefineAsync(new { name = "runs", command = "sleep 300", ready = "50ms" })).StartAsync();
        await first.KillAsync();
        Fill();

        var second = Home.Run(["--urls", "http://127.0.0.1:0"]);
        var code = await second.ExitAsync();
        Assert.True(code == 5, $"It ended with {code}: {second.Errors}");
        Assert.Contains("Make room", second.Errors);
        Assert.DoesNotContain("   at ", second.Errors);
        Assert.True(Proc.Lives(pid));

        File.Delete(Filler);
        var third = await Home.StartAsync();
        Assert.Equal(pid, await third.Service("runs").PidAsync());
    }

    private void Fill()
    {
        using var file = File.OpenHandle(Filler, FileMode.Create, FileAccess.Write);
        var block = new byte[4096];
        try
        {
            for (long offset = 0; ; offset += block.Length) RandomAccess.Write(file, block, offset);
        }
        catch (IOException)
        {
            // It is full.
        }
    }

    private static async Task RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
    }
}
