using System.Globalization;
using Xunit;
using Ziggie.Dummy;

namespace Ziggie.Processes.Tests.Linux;

public sealed class A_process_tree : Launching
{
    private static readonly string[] Ways = ["plain", "group", "session", "session-clean", "double", "double-clean"];

    private async Task<(ProcessSpec Spec, IServiceProcess Main, int[] Children)> Family(params string[] verbs)
    {
        var spec = Spec(DummyProgram.Command([.. Ways.SelectMany(way => new[] { "fork", way }), "say", "ready", .. verbs]));
        var process = Start(spec);
        await Printed(spec, "ready");
        var children = await Printed(spec, "forked", Ways.Length);
        return (spec, process, [.. children.Select(pid => int.Parse(pid, CultureInfo.InvariantCulture))]);
    }

    [Fact]
    public async Task Holds_children_that_left_the_group_or_the_session_or_lost_their_parent()
    {
        var (spec, main, children) = await Family("hang");
        var tree = Launcher.FindTree(spec.RunId, main.Identity);
        Assert.Superset(children.Append(main.Identity.Pid).ToHashSet(), tree.ToHashSet());
        // timeout(1) has a child of its own.
        Assert.Equal(children.Length + 2, tree.Count);

        Assert.Equal(tree.Count, Launcher.SignalTree(spec.RunId, main.Identity, SignalNames.Kill));
        Assert.Equal(ExitStatus.Signaled(9), await main.Exited.WaitAsync(Limit));
        await Until(() => Launcher.FindTree(spec.RunId, main.Identity).Count == 0, () => "an empty tree");
        Assert.DoesNotContain(tree, Lives);
    }

    [Fact]
    public async Task Is_found_after_its_main_process_has_ended()
    {
        // Its own session is left out: with no parent and nothing in its environment nothing ties it to the run.
        var (spec, main, children) = await Family("exit", "0");
        var lost = children[Array.IndexOf(Ways, "session-clean")];
        await main.Exited.WaitAsync(Limit);
        try
        {
            var tree = Launcher.FindTree(spec.RunId, main.Identity);
            Assert.Superset(children.Where(pid => pid != lost).ToHashSet(), tree.ToHashSet());
            Assert.DoesNotContain(lost, tree);

            Launcher.SignalTree(spec.RunId, main.Identity, SignalNames.Kill);
            await Until(() => Launcher.FindTree(spec.RunId, main.Identity).Count == 0, () => "an empty tree");
            Assert.DoesNotContain(children, pid => pid != lost && Lives(pid));
        }
        finally
        {
            System.Diagnostics.Process.GetProcessById(lost).Kill();
        }
    }

    [Fact]
    public async Task Holds_a_nameless_orphan_in_the_session_that_its_dead_main_process_made()
    {
        var spec = Spec("/bin/sh", "-c", "env -i sleep 300 & echo child $!; sleep 0.1; exit 0");
        var main = Start(spec);
        await main.Exited.WaitAsync(Limit);
        var child = int.Parse((await Printed(spec, "child"))[0], CultureInfo.InvariantCulture);
        Assert.Equal([child], Launcher.FindTree(spec.RunId, main.Identity));
        Assert.Equal(1, Launcher.SignalTree(spec.RunId, main.Identity, SignalNames.Kill));
        await Until(() => !Lives(child), () => "its end");
    }

    [Fact]
    public async Task Is_found_without_knowing_its_main_process()
    {
        var (spec, main, children) = await Family("hang");
        using var later = ProcessLauncher.Create();
        Assert.Superset(children.Append(main.Identity.Pid).ToHashSet(), later.FindTree(spec.RunId, null).ToHashSet());
    }

    [Fact]
    public async Task Leaves_strangers_and_other_runs_alone()
    {
        var mine = Start(Spec("/bin/sleep", "300"));
        var other = Spec("/bin/sh", "-c", "sleep 300 & echo ready; wait");
        var theirs = Start(other);
        await Printed(other, "ready");

        // The PID now belongs to somebody else, who leads a session and a group of that number.
        var reused = theirs.Identity with { StartTime = theirs.Identity.StartTime - 100 };
        Assert.Empty(Launcher.FindTree("gone", reused));
        Assert.Equal(0, Launcher.SignalTree("gone", reused, SignalNames.Kill));
        Assert.Equal(0, Launcher.SignalTree(other.RunId, theirs.Identity with { BootId = "another" }, SignalNames.Kill));

        Launcher.SignalTree(mine.RunId, mine.Identity, SignalNames.Kill);
        await mine.Exited.WaitAsync(Limit);
        Assert.False(theirs.Exited.IsCompleted);
        Assert.Equal(2, Launcher.FindTree(other.RunId, theirs.Identity).Count);
    }

    [Fact]
    public async Task Is_not_signalled_beyond_its_main_process_by_the_process_itself()
    {
        var spec = Spec("/bin/sh", "-c", "sleep 300 & echo child $!; wait");
        var main = Start(spec);
        var child = int.Parse((await Printed(spec, "child"))[0], CultureInfo.InvariantCulture);
        main.Signal(SignalNames.Terminate);
        await main.Exited.WaitAsync(Limit);
        Assert.Equal([child], Launcher.FindTree(spec.RunId, main.Identity));
    }
}
