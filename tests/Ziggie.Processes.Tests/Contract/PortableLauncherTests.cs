using Xunit;
using Ziggie.Processes.Portable;

namespace Ziggie.Processes.Tests.Contract;

public sealed class PortableLauncherTests() : LauncherContract(LauncherKind.Portable)
{
    [Fact]
    public void Has_a_sentence_for_each_thing_it_lacks() => Assert.Equal(5, Launcher.Capabilities.Missing.Distinct().Count());

    [Fact]
    public async Task Goes_on_copying_after_it_was_told_to_let_go()
    {
        var gate = Path.Combine(Folder, "gate");
        var spec = Spec("/bin/sh", "-c", $"while [ ! -e {gate} ]; do sleep 0.01; done; echo late; sleep 300");
        var process = Start(spec);
        process.Dispose();
        Assert.False(process.Signal(SignalNames.Kill));
        await File.WriteAllTextAsync(gate, "");
        await Printed(spec, "late");
        Launcher.SignalTree(spec.RunId, process.Identity, SignalNames.Kill);
    }

    [Fact]
    public async Task A_full_fifo_holds_up_its_own_service_alone()
    {
        var fifo = Path.Combine(Folder, "fifo");
        await Start(Spec("mkfifo", fifo)).Exited.WaitAsync(Limit);
        await using var reader = new FileStream(fifo, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);
        var full = Enumerable.Range(0, 20)
            .Select(_ => Start(Spec("/bin/sh", "-c", "head -c 300000 /dev/zero; echo unreachable; exit 3") with { StandardOutput = fifo })).ToList();
        Assert.Equal("free\n", (await Run(Spec("/bin/sh", "-c", "echo free"))).Output);
        Assert.DoesNotContain(full, process => process.Exited.IsCompleted);
    }

    [Fact]
    public async Task Reads_the_processes_of_a_platform_without_proc()
    {
        var spec = Spec("/bin/sh", "-c", "sleep 300 & echo child $!; wait");
        var process = Start(spec);
        var child = int.Parse((await Printed(spec, "child"))[0], System.Globalization.CultureInfo.InvariantCulture);
        Assert.Contains(new ProcessLink(child, process.Identity.Pid), ProcessList.FromPs());
    }

    [Theory]
    [InlineData(10, 30)]
    [InlineData(18, 19)]
    [InlineData(15, 15)]
    [InlineData(9, 9)]
    public void Translates_the_numbers_of_signals(int linux, int bsd)
    {
        Assert.Equal(bsd, PlatformSignals.ToBsd(linux));
        Assert.Equal(linux, PlatformSignals.FromBsd(bsd));
    }
}
