using System.Globalization;
using Xunit;
using Ziggie.Dummy;
using Ziggie.Processes.Tests.Linux;

namespace Ziggie.Processes.Tests.Contract;

/// <summary>What every launcher does, whatever it is made of.</summary>
public abstract class LauncherContract(LauncherKind kind) : Launching(kind)
{
    private string Make(string name, string content, int mode = 0b111_101_101)
    {
        var path = Path.Combine(Folder, name);
        File.WriteAllText(path, content);
        File.SetUnixFileMode(path, (UnixFileMode)mode);
        return path;
    }

    private void Expect(LaunchFailure reason, string message, ProcessSpec spec)
    {
        var refused = Refused(spec);
        Assert.Equal(reason, refused.Reason);
        Assert.Contains(message, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(127)]
    [InlineData(255)]
    public async Task Reports_the_exit_code(int code) =>
        Assert.Equal(ExitStatus.Exited(code), await Shell($"exit {code}").Exited.WaitAsync(Limit));

    [Theory]
    [InlineData(SignalNames.Terminate)]
    [InlineData(SignalNames.Kill)]
    [InlineData(10)]
    public async Task Sends_signals_and_reports_the_one_that_ended_it(int signal)
    {
        var process = Start(Spec("/bin/sleep", "300"));
        Assert.False(process.Exited.IsCompleted);
        Assert.True(process.Signal(signal));
        Assert.Equal(ExitStatus.Signaled(signal), await process.Exited.WaitAsync(Limit));
        Assert.False(process.Signal(signal));
    }

    [Fact]
    public async Task Lets_a_program_end_by_itself_when_asked_to()
    {
        var spec = Spec(DummyProgram.Command("on-term", "0", "42", "say", "armed", "hang"));
        var process = Start(spec);
        await Printed(spec, "armed");
        Assert.True(process.Signal(SignalNames.Terminate));
        Assert.Equal(ExitStatus.Exited(42), await process.Exited.WaitAsync(Limit));
    }

    [Fact]
    public void Tells_processes_apart()
    {
        var (one, two) = (Shell("sleep 300"), Shell("sleep 300"));
        Assert.NotEqual(one.Identity, two.Identity);
        Assert.True(one.Identity.StartTime > 0);
    }

    [Fact]
    public async Task Has_all_output_in_its_place_when_the_end_is_told()
    {
        const int megabytes = 3;
        var (exit, output) = await Run(Spec(DummyProgram.Command("flood", $"{megabytes}", "say", "last", "exit", "4")));
        Assert.Equal(ExitStatus.Exited(4), exit);
        Assert.Equal((megabytes * 1_000_000) + 5, output.Length);
        Assert.EndsWith("last\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Shows_output_while_the_program_runs_and_appends_to_what_is_there()
    {
        var spec = Spec("/bin/sh", "-c", "echo first; sleep 300");
        await File.WriteAllTextAsync(spec.StandardOutput!, "older\n");
        Start(spec);
        await Printed(spec, "first");
        Assert.Equal("older\nfirst\n", OutputOf(spec));
    }

    [Fact]
    public async Task Keeps_errors_apart_when_asked_to()
    {
        var errors = Make("errors", "older\n");
        var (_, output) = await Run(Spec("/bin/sh", "-c", "echo out; echo err >&2") with { StandardError = errors });
        Assert.Equal("out\n", output);
        Assert.Equal("older\nerr\n", await File.ReadAllTextAsync(errors));
    }

    [Fact]
    public async Task Writes_into_a_fifo()
    {
        var fifo = Path.Combine(Folder, "fifo");
        await Start(Spec("mkfifo", fifo)).Exited.WaitAsync(Limit);
        // Held open, so that nothing is lost between the end and the reading.
        await using var reader = new FileStream(fifo, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);
        var process = Start(Spec("/bin/sh", "-c", "echo in the pipe; exit 5") with { StandardOutput = fifo });
        Assert.Equal(ExitStatus.Exited(5), await process.Exited.WaitAsync(Limit));
        var buffer = new byte[100];
        Assert.Equal("in the pipe\n", System.Text.Encoding.UTF8.GetString(buffer, 0, await reader.ReadAsync(buffer)));
    }

    [Fact]
    public async Task Runs_without_a_place_for_its_output() =>
        Assert.Equal(ExitStatus.Exited(0), await Start(Spec("/bin/sh", "-c", "echo nobody hears") with { StandardOutput = null }).Exited.WaitAsync(Limit));

    [Fact]
    public async Task Gives_it_nothing_to_read()
    {
        var (exit, output) = await Run(Spec("/bin/sh", "-c", "cat; echo read"));
        Assert.Equal((ExitStatus.Exited(0), "read\n"), (exit, output));
    }

    [Fact]
    public async Task Runs_in_its_folder_with_exactly_its_environment_and_arguments()
    {
        var environment = new Dictionary<string, string> { ["A"] = "1=2", ["with.dot"] = "é", ["EMPTY"] = "" };
        var spec = Spec("/usr/bin/env") with { Environment = environment };
        var (_, output) = await Run(spec);
        Assert.Equal(["A=1=2", "EMPTY=", $"ZIGGIE_RUN_ID={spec.RunId}", "with.dot=é"], output.Split('\n')[..^1].Order(StringComparer.Ordinal));
        Assert.Equal(Folder + "\n", (await Run(Spec("/bin/pwd"))).Output);
        Assert.Equal("a b|\"|é|'||\n", (await Run(Spec("/bin/sh", "-c", "printf '%s|' \"$@\"; echo", "sh", "a b", "\"", "é", "'", ""))).Output);
    }

    [Fact]
    public async Task Finds_the_program_in_the_path_of_its_own_environment()
    {
        Directory.CreateDirectory(Path.Combine(Folder, "tools"));
        Make("tools/my-tool", "#!/bin/sh\necho \"tool $1\"\n");
        var spec = Spec("my-tool", "x") with { Environment = new Dictionary<string, string> { ["PATH"] = "/nowhere:tools" } };
        Assert.Equal("tool x\n", (await Run(spec)).Output);
        Assert.Equal("tool y\n", (await Run(Spec("./tools/my-tool", "y"))).Output);
    }

    [Fact]
    public async Task Sets_its_limits_before_it_begins()
    {
        var limits = new ProcessLimits { Nice = 7, OpenFiles = 123, Core = 0 };
        var spec = Spec("/bin/sh", "-c", "echo me $$; cat /proc/self/limits; cut -d' ' -f19 /proc/self/stat; cat /proc/self/autogroup; env; exec sleep 300") with { Limits = limits };
        var process = Start(spec);
        Assert.Equal(process.Identity.Pid.ToString(), (await Printed(spec, "me"))[0]);
        await Printed(spec, "PATH=");
        var lines = OutputOf(spec).Split('\n').Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries))).ToList();
        Assert.Contains("Max open files 123 123 files", lines);
        Assert.Contains("Max core file size 0 0 bytes", lines);
        Assert.Contains("7", lines);
        // Where the scheduler groups by session, its own niceness counts for nothing beside other services.
        if (Kind != LauncherKind.Portable && File.Exists("/proc/self/autogroup"))
            Assert.Contains(lines, line => line.StartsWith("/autogroup-", StringComparison.Ordinal) && line.EndsWith(" nice 7", StringComparison.Ordinal));
        Assert.DoesNotContain(lines, line => line.StartsWith("SHLVL=", StringComparison.Ordinal));
    }

    [Fact]
    public void Refuses_a_limit_that_nobody_can_set()
    {
        var refused = Refused(Spec("/bin/true") with { Limits = new ProcessLimits { OpenFiles = 1_000_000_000_000 } });
        Assert.Equal(LaunchFailure.NotPermitted, refused.Reason);
        Assert.StartsWith("limits.open_files cannot be set to 1000000000000", refused.Message, StringComparison.Ordinal);
        Assert.EndsWith(".", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sets_the_umask() =>
        Assert.Equal("0027\n", (await Run(Spec("/bin/sh", "-c", "umask") with { Umask = 0b000_010_111 })).Output);

    [RootFact]
    public async Task Runs_as_its_user()
    {
        File.SetUnixFileMode(Folder, (UnixFileMode)0b111_101_101);
        Assert.Equal("nobody nobody\n", (await Run(Spec("/bin/sh", "-c", "echo $(id -un) $USER") with { User = "nobody" })).Output);
        Expect(LaunchFailure.UserUnknown, "no user 'nobody-at-all'", Spec("true") with { User = "nobody-at-all" });
    }

    [Fact]
    public void Says_what_is_missing()
    {
        Expect(LaunchFailure.ProgramMissing, "'no-such-thing' is in none of the folders of PATH (/usr/bin", Spec("no-such-thing"));
        Expect(LaunchFailure.ProgramMissing, "'/no/such/thing' does not exist", Spec("/no/such/thing"));
        Expect(LaunchFailure.FolderMissing, "'/no/such/folder' does not exist", Spec("true") with { WorkingDirectory = "/no/such/folder" });
        Expect(LaunchFailure.FolderMissing, "is a file", Spec("true") with { WorkingDirectory = "/bin/sh" });
        Expect(LaunchFailure.Other, "output", Spec("true") with { StandardOutput = Path.Combine(Folder, "none") });
    }

    [Fact]
    public void Says_what_cannot_be_executed()
    {
        Expect(LaunchFailure.NotExecutable, "chmod +x", Spec(Make("plain.sh", "#!/bin/sh\n", 0b110_100_100)));
        Expect(LaunchFailure.NotExecutable, "is a folder", Spec("/tmp"));
        Expect(LaunchFailure.NotExecutable, "#! line", Spec(Make("bare.sh", "echo hello\n")));
        Expect(LaunchFailure.NotExecutable, "names the interpreter '/no/interpreter'", Spec(Make("odd.sh", "#!/no/interpreter -x\n")));
        Expect(LaunchFailure.NotExecutable, "chmod +x", Spec("plain.sh") with { Environment = new Dictionary<string, string> { ["PATH"] = Folder } });
    }

    [Fact]
    public void Says_what_is_malformed()
    {
        Expect(LaunchFailure.Other, "An argument", Spec("true", "a\0b"));
        Expect(LaunchFailure.Other, "'A=B'", Spec("true") with { Environment = new Dictionary<string, string> { ["A=B"] = "" } });
        Expect(LaunchFailure.Other, "longer than the system allows", Spec("/bin/true", new string('x', 4_000_000)));
    }

    [Fact]
    public async Task Finds_a_launch_worth_another_try_when_descriptors_ran_out()
    {
        var spec = Spec(["/bin/sh", "-c", "ulimit -n 200; exec \"$@\"", "sh", .. DummyProgram.Command("launch-without-descriptors", $"{Kind}")]);
        var (exit, output) = await Run(spec);
        Assert.Equal(ExitStatus.Exited(0), exit);
        Assert.Contains("before: exit 0\nwith 0: Resources: ", output, StringComparison.Ordinal);
        Assert.Contains("\nafter: exit 0\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ends_the_whole_tree()
    {
        var spec = Spec(DummyProgram.Command("ignore-term", "fork", "plain", "fork", "session", "fork", "session-clean", "say", "ready", "hang"));
        var main = Start(spec);
        await Printed(spec, "ready");
        int[] children = [.. (await Printed(spec, "forked", 3)).Select(pid => int.Parse(pid, CultureInfo.InvariantCulture))];
        var tree = Launcher.FindTree(spec.RunId, main.Identity);
        Assert.Equal(children.Append(main.Identity.Pid).Order(), tree.Order());

        Assert.Equal(4, Launcher.SignalTree(spec.RunId, main.Identity, SignalNames.Kill));
        Assert.Equal(ExitStatus.Signaled(SignalNames.Kill), await main.Exited.WaitAsync(Limit));
        await Until(() => Launcher.FindTree(spec.RunId, main.Identity).Count == 0, () => "an empty tree");
        Assert.DoesNotContain(tree, Lives);
    }

    [Fact]
    public async Task Ends_children_that_outlive_the_main_process_of_a_stopped_run()
    {
        var spec = Spec("/bin/sh", "-c", "sh -c 'trap \"\" TERM; echo child $$; sleep 300 & wait; wait' & wait");
        var main = Start(spec);
        var child = int.Parse((await Printed(spec, "child"))[0], CultureInfo.InvariantCulture);
        await Until(() => Launcher.FindTree(spec.RunId, main.Identity).Count == 3, () => "a tree of three");

        Launcher.SignalTree(spec.RunId, main.Identity, SignalNames.Terminate);
        Assert.Equal(ExitStatus.Signaled(SignalNames.Terminate), await main.Exited.WaitAsync(Limit));
        Assert.Contains(child, Launcher.FindTree(spec.RunId, main.Identity));
        await Until(() => Launcher.SignalTree(spec.RunId, main.Identity, SignalNames.Kill) == 0, () => "an empty tree");
        Assert.False(Lives(child));
    }

    [Fact]
    public async Task Tells_the_end_while_a_grandchild_holds_the_output()
    {
        var spec = Spec("/bin/sh", "-c", "sleep 300 & echo child $!; exit 7");
        var process = Start(spec);
        Assert.Equal(ExitStatus.Exited(7), await process.Exited.WaitAsync(Limit));
        var child = int.Parse((await Printed(spec, "child"))[0], CultureInfo.InvariantCulture);
        Assert.True(Lives(child));
        System.Diagnostics.Process.GetProcessById(child).Kill();
    }

    [Fact]
    public async Task Leaves_no_child_that_is_born_while_the_tree_is_killed()
    {
        for (var round = 0; round < 20; round++)
        {
            var spec = Spec("/bin/sh", "-c", "echo $$ up; sleep 300 & sleep 300 & sleep 300 & wait");
            var main = Start(spec);
            await Until(() => OutputOf(spec).Length > 0, () => "the first line");
            await Until(() => Launcher.SignalTree(spec.RunId, main.Identity, SignalNames.Kill) == 0, () => "an empty tree");
            await main.Exited.WaitAsync(Limit);
            Assert.DoesNotContain(ProcessesOf(Folder), Lives);
        }
    }

    /// <summary>By their working directory, which only this test's have.</summary>
    private static IEnumerable<int> ProcessesOf(string folder)
    {
        foreach (var entry in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(entry), out var pid) && FolderOf(pid) == folder) yield return pid;
        }
    }

    private static string? FolderOf(int pid)
    {
        try
        {
            return Directory.ResolveLinkTarget($"/proc/{pid}/cwd", returnFinalTarget: false)?.FullName;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    [Fact]
    public async Task Leaves_strangers_alone()
    {
        // No shell, which may leave the program behind as a child when it alone is ended.
        var process = Start(Spec("/bin/sleep", "300"));
        var reused = process.Identity with { StartTime = process.Identity.StartTime - 100 };
        Assert.Empty(Launcher.FindTree("gone", reused));
        Assert.Equal(0, Launcher.SignalTree("gone", reused, SignalNames.Kill));
        Assert.Equal(0, Launcher.SignalTree("gone", process.Identity with { BootId = "another" }, SignalNames.Kill));
        Assert.True(process.Signal(SignalNames.Terminate));
        Assert.Equal(ExitStatus.Signaled(SignalNames.Terminate), await process.Exited.WaitAsync(Limit));
    }

    [Fact]
    public async Task Finds_the_main_process_of_a_launcher_that_is_gone()
    {
        // So that a run is ended before another one of the service begins, also where nothing can be adopted.
        var process = Shell("sleep 300 & wait");
        using var later = ProcessLauncher.Create(Kind);
        await Until(() => later.FindTree(process.RunId, process.Identity).Count == 2, () => "a tree of two");
        Assert.Equal(2, later.SignalTree(process.RunId, process.Identity, SignalNames.Kill));
        Assert.Equal(ExitStatus.Signaled(SignalNames.Kill), await process.Exited.WaitAsync(Limit));
        await Until(() => later.FindTree(process.RunId, process.Identity).Count == 0, () => "an empty tree");
    }

    [Fact]
    public async Task Runs_many_short_lives_at_once()
    {
        var processes = new List<(IServiceProcess Process, int Code)>();
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            for (var code = 0; code < 50; code++)
            {
                lock (processes) processes.Add((Start(Spec("/bin/sh", "-c", $"exit {code}")), code));
            }
        })));
        foreach (var (process, code) in processes) Assert.Equal(ExitStatus.Exited(code), await process.Exited.WaitAsync(Limit));
        await Until(() => processes.All(p => !Directory.Exists($"/proc/{p.Process.Identity.Pid}")), () => "no zombies");
    }

    [Fact]
    public async Task Needs_no_thread_for_each()
    {
        var before = System.Diagnostics.Process.GetCurrentProcess().Threads.Count;
        var processes = Enumerable.Range(0, 150).Select(_ => Start(Spec("/bin/sleep", "300"))).ToList();
        var during = System.Diagnostics.Process.GetCurrentProcess().Threads.Count;
        processes.ForEach(process => process.Signal(SignalNames.Kill));
        await Task.WhenAll(processes.Select(process => process.Exited)).WaitAsync(Limit);
        Assert.True(during - before < 75, $"{before} threads before, {during} with 150 processes");
    }

    [Fact]
    public async Task Says_what_it_cannot_do_and_does_not_do_it()
    {
        var abilities = Launcher.Capabilities;
        Assert.All(abilities.Missing, sentence => Assert.EndsWith(".", sentence, StringComparison.Ordinal));
        var spec = Spec("/bin/sh", "-c", "echo ready; sleep 300");
        var process = Start(spec);
        await Printed(spec, "ready"); // so that its environment can be read
        using var later = ProcessLauncher.Create(Kind);
        using var adopted = later.Adopt(process.Identity, process.RunId);
        Assert.Equal(abilities.CanAdopt, adopted is not null);
        Assert.Equal(abilities.FindsStrays, later.FindRuns(new HashSet<string> { process.RunId }).Count == 1);

        var own = ProcessIdentities.Own.Pid;
        Assert.Equal(abilities.HasOwnGroups, GroupOf(process.Identity.Pid) != GroupOf(own));
        Assert.Equal(abilities.KnowsSignals, await Shell("exit 143").Exited.WaitAsync(Limit) == ExitStatus.Exited(143));
    }

    private static string GroupOf(int pid) => File.ReadAllText($"/proc/{pid}/stat").Split(')')[^1].Split(' ', StringSplitOptions.RemoveEmptyEntries)[2];
}
