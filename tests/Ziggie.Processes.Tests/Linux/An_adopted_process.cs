using System.Globalization;
using Xunit;

namespace Ziggie.Processes.Tests.Linux;

/// <summary>
/// The processes here are children of a shell, which is their true parent and reaps them at once. So nothing but the pidfd can tell
/// this process how they ended, as for a daemon that takes back what an earlier one started.
/// </summary>
public sealed class An_adopted_process : Launching
{
    private async Task<(ProcessSpec Parent, ProcessIdentity Identity)> ChildOfAnother(string script)
    {
        var parent = Spec("/bin/sh", "-c", $"setsid sh -c '{script}' & echo child $!; wait; echo reaped; sleep 300");
        Start(parent);
        var pid = int.Parse((await Printed(parent, "child"))[0], CultureInfo.InvariantCulture);
        return (parent, Identify(pid));
    }

    private static ProcessIdentity Identify(int pid)
    {
        var fields = File.ReadAllText($"/proc/{pid}/stat").Split(')')[^1].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var boot = File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim();
        return new ProcessIdentity(pid, long.Parse(fields[19], CultureInfo.InvariantCulture), boot);
    }

    private static bool KernelKeepsExits => Environment.OSVersion.Version >= new Version(6, 15);

    private string Gate => Path.Combine(Folder, "gate");

    private string WaitForGate => $"while [ ! -e {Gate} ]; do sleep 0.01; done";

    [Fact]
    public async Task Reports_the_exit_code_that_its_own_parent_took()
    {
        var (_, identity) = await ChildOfAnother($"{WaitForGate}; exit 23");
        using var process = Launcher.Adopt(identity, "run")!;
        Assert.Equal((identity, "run"), (process.Identity, process.RunId));
        Assert.False(process.Exited.IsCompleted);
        await File.WriteAllTextAsync(Gate, "");
        Assert.Equal(KernelKeepsExits ? ExitStatus.Exited(23) : ExitStatus.Unknown, await process.Exited.WaitAsync(Limit));
    }

    [Fact]
    public async Task Reports_the_signal_that_it_was_sent()
    {
        var (_, identity) = await ChildOfAnother("exec sleep 300");
        using var process = Launcher.Adopt(identity, "run")!;
        Assert.True(process.Signal(SignalNames.Kill));
        Assert.Equal(KernelKeepsExits ? ExitStatus.Signaled(9) : ExitStatus.Unknown, await process.Exited.WaitAsync(Limit));
    }

    [Fact]
    public async Task Reports_its_exit_at_once_when_it_is_a_zombie()
    {
        var parent = Spec("/bin/sh", "-c", "sh -c 'echo child $$; exit 9' & exec sleep 300");
        Start(parent);
        var pid = int.Parse((await Printed(parent, "child"))[0], CultureInfo.InvariantCulture);
        await Until(() => !Lives(pid), () => "a zombie");
        using var process = Launcher.Adopt(Identify(pid), "run")!;
        Assert.Equal(ExitStatus.Exited(9), await process.Exited.WaitAsync(Limit));
    }

    [Fact]
    public void Is_refused_when_it_is_a_stranger_or_gone()
    {
        var process = Start(Spec("/bin/sleep", "300"));
        var identity = process.Identity;
        Assert.Null(Launcher.Adopt(identity with { StartTime = identity.StartTime - 1 }, "run"));
        Assert.Null(Launcher.Adopt(identity with { BootId = Guid.NewGuid().ToString() }, "run"));
        Assert.Null(Launcher.Adopt(identity with { Pid = int.MaxValue }, "run"));
        Assert.Null(Launcher.Adopt(Identify(Environment.ProcessId), "run"));
        Assert.False(process.Exited.IsCompleted);
        using var adopted = Launcher.Adopt(identity, "run");
        Assert.NotNull(adopted);
    }

    [Fact]
    public async Task Is_found_by_its_run_id_alone()
    {
        var one = Spec("/bin/sh", "-c", "setsid sleep 300 & sleep 300 & echo ready; wait");
        var two = Spec("/bin/sleep", "300");
        var (first, second) = (Start(one), Start(two));
        await Printed(one, "ready");
        using var later = ProcessLauncher.Create();
        // The kernel wakes the launcher in the middle of the child's exec, a moment before the child's environment can be read.
        await Until(() => later.FindRuns(new HashSet<string> { two.RunId }).Count == 1, () => "the environment of the second");
        var found = later.FindRuns(new HashSet<string> { one.RunId, two.RunId, "never" });
        Assert.Equal(2, found.Count);
        Assert.Equal((first.Identity, second.Identity), (found[one.RunId], found[two.RunId]));

        first.Signal(SignalNames.Kill);
        await first.Exited.WaitAsync(Limit);
        Assert.NotEqual(first.Identity, later.FindRuns(new HashSet<string> { one.RunId })[one.RunId]);
    }
}
