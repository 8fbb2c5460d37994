using System.Globalization;
using Xunit;

namespace Ziggie.Processes.Tests.Linux;

public sealed class Zombies : Launching
{
    [Fact]
    public async Task Five_hundred_short_lives_leave_none_and_no_status_is_lost()
    {
        var processes = new List<(IServiceProcess Process, int Code)>();
        await Task.WhenAll(Enumerable.Range(0, 4).Select(part => Task.Run(() =>
        {
            for (var number = 0; number < 125; number++)
            {
                ProcessSpec spec;
                lock (processes) spec = Spec("/bin/sh", "-c", $"(exit 0) & exit {number}");
                var launched = Assert.IsType<LaunchResult.Launched>(Launcher.Launch(spec));
                lock (processes) processes.Add((launched.Process, number));
            }
        })));
        Assert.Equal(500, processes.Count);
        foreach (var (process, code) in processes)
        {
            Assert.Equal(ExitStatus.Exited(code), await process.Exited.WaitAsync(Limit));
            Assert.False(IsOurZombie(process.Identity.Pid));
        }
    }

    [Fact]
    public async Task Orphans_of_a_service_are_reaped()
    {
        var spec = Spec("/bin/sh", "-c", "for i in 1 2 3 4 5; do setsid sh -c 'sh -c \"echo orphan \\$\\$; sleep 0.2\" &' ; done; exit 0");
        var process = Start(spec);
        await process.Exited.WaitAsync(Limit);
        var orphans = (await Printed(spec, "orphan", 5)).Select(pid => int.Parse(pid, CultureInfo.InvariantCulture)).ToList();
        await Until(() => orphans.All(pid => !File.Exists($"/proc/{pid}/stat")), () => "five orphans reaped");
    }

    [Fact]
    public async Task An_orphan_that_might_be_somebodys_child_is_reaped_after_a_while()
    {
        var spec = Spec("/bin/sh", "-c", "setsid sh -c 'echo orphan $$; sleep 0.2' & exit 0");
        await Start(spec).Exited.WaitAsync(Limit);
        var orphan = int.Parse((await Printed(spec, "orphan"))[0], CultureInfo.InvariantCulture);
        await Until(() => !File.Exists($"/proc/{orphan}/stat"), () => "the orphan reaped");
    }

    [Fact]
    public async Task What_the_runtime_started_is_left_to_the_runtime()
    {
        for (var number = 0; number < 20; number++)
        {
            using var own = System.Diagnostics.Process.Start("setsid", ["sh", "-c", $"exit {number}"]);
            var service = Shell($"exit {number}");
            await own.WaitForExitAsync().WaitAsync(Limit);
            Assert.Equal(number, own.ExitCode);
            Assert.Equal(ExitStatus.Exited(number), await service.Exited.WaitAsync(Limit));
        }
    }

    private static bool IsOurZombie(int pid)
    {
        try
        {
            return File.ReadAllText($"/proc/{pid}/stat").Split(')')[^1].StartsWith($" Z {Environment.ProcessId} ", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    }
}
