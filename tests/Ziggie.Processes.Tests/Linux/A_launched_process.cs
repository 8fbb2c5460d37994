using System.Globalization;
using Xunit;
using Ziggie.Dummy;

namespace Ziggie.Processes.Tests.Linux;

public sealed class A_launched_process : Launching
{
    [Theory]
    [InlineData("exit 0", 0)]
    [InlineData("exit 3", 3)]
    [InlineData("exit 255", 255)]
    public async Task Reports_its_exit_code(string script, int code) =>
        Assert.Equal(ExitStatus.Exited(code), await Shell(script).Exited.WaitAsync(Limit));

    [Theory]
    [InlineData(9)]
    [InlineData(15)]
    [InlineData(6)]
    [InlineData(13)]
    public async Task Reports_the_signal_that_ended_it(int signal) =>
        Assert.Equal(ExitStatus.Signaled(signal), await Shell($"ulimit -c 0; kill -{signal} $$").Exited.WaitAsync(Limit));

    [Fact]
    public async Task Leads_a_session_and_group_of_its_own()
    {
        var spec = Spec("/bin/sh", "-c", "cut -d' ' -f5,6 /proc/$$/stat");
        var process = Start(spec);
        await process.Exited.WaitAsync(Limit);
        Assert.Equal($"{process.Identity.Pid} {process.Identity.Pid}\n", OutputOf(spec));
    }

    [Fact]
    public async Task Has_default_signals_and_none_blocked()
    {
        var ignored = File.ReadLines("/proc/self/status").First(l => l.StartsWith("SigIgn", StringComparison.Ordinal)).Split('\t')[1];
        Assert.NotEqual(0, Convert.ToInt64(ignored, 16) & 0x1000); // SIGPIPE: else this test would show nothing
        var (_, output) = await Run(Spec("/bin/cat", "/proc/self/status"));
        Assert.Contains("SigIgn:\t0000000000000000\n", output, StringComparison.Ordinal);
        Assert.Contains("SigBlk:\t0000000000000000\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Inherits_no_descriptor_beyond_the_first_three()
    {
        // Inheritable on purpose, as a native library might leave one behind.
        using var leak = new AnonymousPipe();
        var process = Start(Spec("/bin/sleep", "300"));
        Assert.True(leak.Descriptor > 2);
        // While the program is being loaded, its libraries are open one after the other.
        string[] open = [];
        await Until(() => (open = [.. Directory.GetFileSystemEntries($"/proc/{process.Identity.Pid}/fd").Select(link => Path.GetFileName(link)).Order()]).Length == 3,
            () => $"three descriptors, not {string.Join(", ", open)}");
        Assert.Equal(["0", "1", "2"], open);
    }

    [Fact]
    public async Task Reads_nothing_and_writes_both_outputs_to_one_place()
    {
        var (exit, output) = await Run(Spec("/bin/sh", "-c", "cat; echo out; echo err >&2; exit 4"));
        Assert.Equal(("out\nerr\n", ExitStatus.Exited(4)), (output, exit));
    }

    [Fact]
    public async Task Can_keep_its_errors_apart()
    {
        var errors = Path.Combine(Folder, "errors");
        await File.WriteAllTextAsync(errors, "older\n");
        var (_, output) = await Run(Spec("/bin/sh", "-c", "echo out; echo err >&2") with { StandardError = errors });
        Assert.Equal("out\n", output);
        Assert.Equal("older\nerr\n", await File.ReadAllTextAsync(errors));
    }

    [Fact]
    public async Task Writes_to_a_fifo_that_nobody_reads_and_ends()
    {
        var fifo = Path.Combine(Folder, "fifo");
        Assert.Equal(ExitStatus.Exited(0), await Start(Spec("mkfifo", fifo)).Exited.WaitAsync(Limit));
        var process = Start(Spec("/bin/sh", "-c", "echo lost; echo lost; exit 5") with { StandardOutput = fifo });
        Assert.Equal(ExitStatus.Exited(5), await process.Exited.WaitAsync(Limit));
    }

    [Fact]
    public async Task Runs_in_its_folder_with_exactly_its_environment()
    {
        var spec = Spec("/usr/bin/env") with
        {
            Environment = new Dictionary<string, string> { ["A"] = "1=2", ["with.dot"] = "é", ["EMPTY"] = "" },
        };
        var (_, output) = await Run(spec);
        Assert.Equal(["A=1=2", "EMPTY=", $"ZIGGIE_RUN_ID={spec.RunId}", "with.dot=é"], output.Split('\n')[..^1].Order(StringComparer.Ordinal));

        var (_, folder) = await Run(Spec("/bin/pwd"));
        Assert.Equal(Folder + "\n", folder);
    }

    [Theory]
    [InlineData(0b000_111_111, "0077")]
    [InlineData(0, "0000")]
    public async Task Has_the_umask_of_its_spec_and_leaves_the_daemons_alone(int umask, string shown)
    {
        var before = File.ReadLines("/proc/self/status").First(l => l.StartsWith("Umask", StringComparison.Ordinal));
        var (_, output) = await Run(Spec("/bin/sh", "-c", "umask; env") with { Umask = umask, Environment = new Dictionary<string, string> { ["a.b"] = "c" } });
        Assert.StartsWith(shown + "\n", output, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadLines("/proc/self/status").First(l => l.StartsWith("Umask", StringComparison.Ordinal)));

        // More of them than there are threads that start children.
        for (var launch = 0; launch < 5; launch++)
            Assert.EndsWith((await Run(Spec("/bin/sh", "-c", "umask"))).Output.Trim(), before, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Is_found_in_the_path_of_its_own_environment()
    {
        var tool = Path.Combine(Folder, "tools", "my-tool");
        Directory.CreateDirectory(Path.GetDirectoryName(tool)!);
        await File.WriteAllTextAsync(tool, "#!/bin/sh\necho \"$0 $1\"\n");
        File.SetUnixFileMode(tool, (UnixFileMode)0b111_000_000);

        var absolute = new Dictionary<string, string> { ["PATH"] = "/nowhere:" + Path.GetDirectoryName(tool) };
        Assert.Equal($"{tool} x\n", (await Run(Spec("my-tool", "x") with { Environment = absolute })).Output);
        var relative = new Dictionary<string, string> { ["PATH"] = "tools" };
        Assert.Equal($"{tool} y\n", (await Run(Spec("my-tool", "y") with { Environment = relative })).Output);
        Assert.Equal($"{tool} z\n", (await Run(Spec("./tools/my-tool", "z"))).Output.Replace("/./", "/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Takes_signals_until_it_has_ended()
    {
        var spec = Spec(DummyProgram.Command("on-term", "0", "42", "say", "armed", "hang"));
        var process = Start(spec);
        await Printed(spec, "armed");
        Assert.False(process.Exited.IsCompleted);
        Assert.True(process.Signal(SignalNames.Terminate));
        Assert.Equal(ExitStatus.Exited(42), await process.Exited.WaitAsync(Limit));
        Assert.False(process.Signal(SignalNames.Terminate));
        process.Dispose();
        Assert.False(process.Signal(SignalNames.Terminate));
    }

    [Fact]
    public async Task Is_reaped_before_its_end_is_told()
    {
        var process = Shell("exit 0");
        await process.Exited.WaitAsync(Limit);
        Assert.False(Directory.Exists($"/proc/{process.Identity.Pid}"));
    }

    [Fact]
    public async Task Ends_for_the_daemon_while_a_grandchild_holds_its_output()
    {
        var spec = Spec("/bin/sh", "-c", "sleep 300 & echo child $!; exit 7");
        var process = Start(spec);
        Assert.Equal(ExitStatus.Exited(7), await process.Exited.WaitAsync(Limit));
        Assert.True(Lives(int.Parse((await Printed(spec, "child"))[0], CultureInfo.InvariantCulture)));
    }

    [RootFact]
    public async Task Runs_as_its_user_under_the_same_pid()
    {
        File.SetUnixFileMode(Folder, (UnixFileMode)0b111_101_101);
        var spec = Spec("/bin/sh", "-c", "id -u; id -g; echo $HOME $USER $LOGNAME; umask; echo again > /dev/stdout; echo $$")
            with
        { User = "nobody", Umask = 0b000_010_111 };
        var fifo = Path.Combine(Folder, "fifo");
        await Start(Spec("mkfifo", "-m", "600", fifo)).Exited.WaitAsync(Limit);
        using var reader = new FileStream(fifo, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);
        var process = Start(spec with { StandardOutput = fifo });
        var exit = await process.Exited.WaitAsync(Limit);
        var buffer = new byte[4096];
        var text = System.Text.Encoding.UTF8.GetString(buffer, 0, await reader.ReadAsync(buffer));
        Assert.Equal($"65534\n65534\n/nonexistent nobody nobody\n0027\nagain\n{process.Identity.Pid}\n", text);
        Assert.Equal(ExitStatus.Exited(0), exit);
    }

    [RootFact]
    public async Task Keeps_the_home_that_its_environment_gives_and_takes_a_numeric_user()
    {
        File.SetUnixFileMode(Folder, (UnixFileMode)0b111_101_101);
        var spec = Spec("/bin/sh", "-c", "id -un; echo $HOME") with { User = "65534", Environment = new Dictionary<string, string> { ["HOME"] = "/srv" } };
        Assert.Equal("nobody\n/srv\n", (await Run(spec)).Output);
    }

    [Fact]
    public async Task Is_waited_for_without_a_thread_for_each()
    {
        var before = System.Diagnostics.Process.GetCurrentProcess().Threads.Count;
        var processes = Enumerable.Range(0, 200).Select(_ => Start(Spec("/bin/sleep", "300"))).ToList();
        var during = System.Diagnostics.Process.GetCurrentProcess().Threads.Count;
        processes.ForEach(process => process.Signal(SignalNames.Kill));
        await Task.WhenAll(processes.Select(process => process.Exited)).WaitAsync(Limit);
        Assert.True(during - before < 100, $"{before} threads before, {during} with 200 processes");
    }
}
