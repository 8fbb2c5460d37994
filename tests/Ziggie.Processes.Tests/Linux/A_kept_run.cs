using Xunit;
using Ziggie.Processes.Linux;

namespace Ziggie.Processes.Tests.Linux;

/// <summary>A launcher that is left as it is stands for a daemon that was killed; the next one finds what its keeper holds.</summary>
public sealed class A_kept_run : Launching
{
    private readonly List<IProcessLauncher> _daemons = [];
    private readonly List<IServiceProcess> _launched = [];

    private static bool KernelKeepsExits => Environment.OSVersion.Version >= new Version(6, 15);

    private string RunFolder => Path.Combine(Folder, "run");

    [Theory]
    [InlineData("exit 37", 37, null)]
    [InlineData("kill -9 $$", null, 9)]
    public async Task Says_how_it_ended_to_the_next_daemon_even_when_its_launch_was_never_recorded(string script, int? code, int? signal)
    {
        var spec = Spec("/bin/sh", "-c", script);
        var first = Launched(Daemon(), spec);
        // Reaped, so that there is nothing to see of it anywhere else.
        await first.Exited.WaitAsync(Limit);

        // The launcher before it is left, not dead, and may just exchange its keeper: who looks in that moment can miss both.
        IProcessLauncher next = Daemon();
        ProcessIdentity? identity = null;
        await Until(() => next.FindRuns(new HashSet<string> { spec.RunId }).TryGetValue(spec.RunId, out identity) || (next = Daemon()) is null, () => "the run");

        Assert.Equal(first.Identity, identity);
        var exit = await next.Adopt(identity!, spec.RunId)!.Exited.WaitAsync(Limit);
        Assert.Equal(KernelKeepsExits ? (code, signal) : (null, null), (exit.Code, exit.Signal));
    }

    /// <summary>As when the store fails in that moment: the service begins anew and asks for its run.</summary>
    [Fact]
    public async Task Says_how_it_ended_once_more_to_the_daemon_that_could_not_store_it()
    {
        var daemon = Daemon();
        var spec = Spec("/bin/sh", "-c", "exit 37");
        var process = Launched(daemon, spec);
        Assert.Equal(ExitStatus.Exited(37), await process.Exited.WaitAsync(Limit));
        Assert.Same(process, daemon.Adopt(process.Identity, spec.RunId));

        process.Dispose();
        Assert.Equal(process.Identity, daemon.FindRuns(new HashSet<string> { spec.RunId })[spec.RunId]);
        var again = await daemon.Adopt(process.Identity, spec.RunId)!.Exited.WaitAsync(Limit);
        Assert.Equal(KernelKeepsExits ? ExitStatus.Exited(37) : ExitStatus.Unknown, again);
    }

    [Fact]
    public async Task Is_handed_on_from_daemon_to_daemon()
    {
        var spec = Spec("/bin/sh", "-c", "exec sleep 300");
        var process = Launched(Daemon(), spec);
        for (var life = 0; life < 3; life++)
        {
            process = Daemon().Adopt(process.Identity, spec.RunId)!;
            // The launchers before it are left, not dead, and may still renew their own.
            await Until(() => Keepers(RunFolder).Count > 0, () => "a keeper");
        }

        process.Signal(SignalNames.Terminate);
        Assert.Equal(ExitStatus.Signaled(15), await process.Exited.WaitAsync(Limit));
    }

    [Fact]
    public async Task Leaves_no_keeper_behind_when_it_has_ended_and_its_daemon_ends()
    {
        var daemon = Daemon();
        var process = Launched(daemon, Spec("/bin/sh", "-c", "exec sleep 300"));
        await Until(() => Keepers(RunFolder).Count == 1, () => "its keeper");
        process.Signal(SignalNames.Kill);
        await process.Exited.WaitAsync(Limit);
        process.Dispose();
        daemon.Dispose();
        await Until(() => Keepers(RunFolder).Count == 0, () => "no keeper");
    }

    [Fact]
    public async Task Does_not_disturb_the_keeper_of_another_home()
    {
        var other = Path.Combine(Folder, "other");
        Launched(Daemon(other), Spec("/bin/sh", "-c", "exec sleep 300"));
        await Until(() => Keepers(other).Count == 1, () => "its keeper");

        var daemon = Daemon();
        var process = Launched(daemon, Spec("/bin/sh", "-c", "exit 0"));
        await process.Exited.WaitAsync(Limit);
        process.Dispose();
        daemon.Dispose();

        // It replaces its own keeper a moment after the launch, and never again.
        await Until(() => Keepers(other).Count == 1, () => "its keeper, still");
        Assert.Empty(Keepers(RunFolder));
    }

    [Fact]
    public async Task Has_a_mark_as_soon_as_it_may_have_been_its_program()
    {
        var daemon = Daemon();
        var marks = new LaunchMarks(Path.Combine(RunFolder, "launched"));
        // All that a daemon has done that cannot hold children at birth and died right after: the mark is the child's own work.
        var spawn = new PosixSpawn { Program = "/bin/true", Arguments = ["true"], Environment = [], Folder = "/", Mark = marks.PathOf("orphan") };
        Assert.Equal(0, spawn.Start(out var pid));
        await Until(() => !Lives(pid), () => "its end");
        Assert.Empty(daemon.FindRuns(new HashSet<string> { "orphan" }));
        Assert.True(daemon.WasLaunched("orphan"));
        Assert.False(daemon.WasLaunched("never"));

        var spec = Spec("/bin/sh", "-c", "exit 7");
        await Launched(daemon, spec).Exited.WaitAsync(Limit);
        Assert.True(daemon.WasLaunched(spec.RunId));
        Assert.IsType<LaunchResult.Failed>(daemon.Launch(Spec("/nowhere/program")));
        Assert.Equal(2, Directory.GetFiles(Path.Combine(RunFolder, "launched")).Length);
    }

    [Fact]
    public void Leaves_no_mark_when_its_program_cannot_be_executed()
    {
        var program = Path.Combine(Folder, "program");
        File.WriteAllText(program, "#!/nowhere/interpreter\n");
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var daemon = Daemon();
        var spec = Spec(program);
        Assert.IsType<LaunchResult.Failed>(daemon.Launch(spec));
        Assert.False(daemon.WasLaunched(spec.RunId));
        Assert.Empty(Directory.GetFiles(Path.Combine(RunFolder, "launched")));
    }

    [Fact]
    public async Task Is_launched_also_where_its_mark_cannot_be_made()
    {
        var daemon = Daemon();
        Directory.Delete(Path.Combine(RunFolder, "launched"), recursive: true);
        var spec = Spec("/bin/sh", "-c", "exit 7");
        Assert.Equal(ExitStatus.Exited(7), await Launched(daemon, spec).Exited.WaitAsync(Limit));
    }

    [Fact]
    public void Is_held_by_the_queue_until_it_is_dropped()
    {
        using var queue = KeptQueue.Create()!;
        var runs = Enumerable.Range(1, 20).Select(number => new KeptRun($"run{number}", number, number * 10, SafePidfd.Open(Environment.ProcessId, out _)!)).ToList();
        foreach (var run in runs) queue.Put(run, [null, null]);

        Assert.Equal(runs.Select(run => run.Describe()), Look());
        Assert.Equal(runs.Select(run => run.Describe()), Look());
        queue.Drop(15);
        Assert.Equal(runs.Skip(15).Select(run => run.Describe()), Look());
        queue.Drop(queue.Count);
        Assert.Empty(Look());
        runs.ForEach(run => run.Pidfd.Dispose());

        List<string> Look()
        {
            var found = KeptQueue.Look(queue.Ends[1]);
            found.ForEach(run => run.Pidfd.Dispose());
            return found.ConvertAll(run => run.Describe());
        }
    }

    /// <summary>A launcher that is disposed leaves its keeper to the next one; here there is none.</summary>
    protected override void End()
    {
        _launched.ForEach(process => process.Signal(SignalNames.Kill));
        _daemons.ForEach(daemon => daemon.Dispose());
        foreach (var pid in ProcFs.Pids().Where(pid => ProcFs.VariableOf(pid, "ZIGGIE_KEEPER="u8)?.StartsWith(Folder, StringComparison.Ordinal) == true))
        {
            using var keeper = SafePidfd.Open(pid, out _);
            keeper?.Signal(SignalNames.Kill);
        }
    }

    private IProcessLauncher Daemon(string? folder = null)
    {
        folder ??= RunFolder;
        Directory.CreateDirectory(folder);
        var daemon = ProcessLauncher.Create(keeperFolder: folder);
        _daemons.Add(daemon);
        return daemon;
    }

    private IServiceProcess Launched(IProcessLauncher daemon, ProcessSpec spec)
    {
        var process = Assert.IsType<LaunchResult.Launched>(daemon.Launch(spec)).Process;
        _launched.Add(process);
        return process;
    }

    private static List<int> Keepers(string folder) =>
        [.. ProcFs.Pids().Where(pid => Lives(pid) && ProcFs.VariableOf(pid, "ZIGGIE_KEEPER="u8) == folder)];
}
