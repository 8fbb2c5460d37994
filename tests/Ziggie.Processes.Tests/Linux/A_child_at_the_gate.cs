using System.Runtime.InteropServices;
using Xunit;
using Ziggie.Processes.Linux;

namespace Ziggie.Processes.Tests.Linux;

/// <summary>A child that is not its program yet, as posix_spawn makes it, while its parent holds it back.</summary>
public sealed class A_child_at_the_gate : Launching
{
    private readonly int _file = Native.OpenLeasable();

    [Fact]
    public async Task Ends_without_having_been_its_program_when_its_parent_dies()
    {
        var (start, output) = Waiting(pass: Path.Combine(Folder, "pass"));
        await Until(() => Native.IsLeaseAwaited(_file), () => "it waits");
        Assert.False(start.IsCompleted);

        // What the death of a process does to its files.
        Native.Close(_file);
        Assert.Equal(Native.ENOENT, await start.WaitAsync(Limit));
        Assert.Empty(File.ReadAllText(output));
    }

    [Fact]
    public async Task Goes_on_when_its_parent_dies_after_it_was_given_its_pass()
    {
        var pass = Path.Combine(Folder, "pass");
        var (start, output) = Waiting(pass);
        await Until(() => Native.IsLeaseAwaited(_file), () => "it waits");

        File.WriteAllText(pass, "");
        Native.Close(_file);
        Assert.Equal(0, await start.WaitAsync(Limit));
        await Until(() => File.ReadAllText(output) == "it ran\n", () => "its output");
    }

    [Fact]
    public async Task Holds_nothing_of_its_parent()
    {
        using var own = File.Create(Path.Combine(Folder, "own"));
        var (start, _) = Waiting(pass: null);
        await Until(() => Native.IsLeaseAwaited(_file), () => "it waits");
        Assert.DoesNotContain(ProcFs.Pids(), pid => pid != Environment.ProcessId && Holds(pid, own.Name));
        Native.EndLease(_file);
        Assert.Equal(0, await start.WaitAsync(Limit));
        Native.Close(_file);
    }

    /// <summary>Whoever opens the file asks for the lease as a child does, and may come before it.</summary>
    [Fact]
    public async Task Is_told_from_services_while_somebody_else_opens_the_files_of_its_parent()
    {
        for (var n = 0; n < 8; n++) Start(Spec("/bin/sleep", "300"));
        using var over = new CancellationTokenSource();
        var looker = Task.Factory.StartNew(() =>
        {
            var files = Directory.GetFileSystemEntries("/proc/self/fd").Where(file => new FileInfo(file).LinkTarget?.EndsWith("(deleted)", StringComparison.Ordinal) == true).ToList();
            while (!over.IsCancellationRequested) files.ForEach(OpenForAMoment);
            return files.Count;
        }, TaskCreationOptions.LongRunning);
        try
        {
            for (var turn = 0; turn < 60; turn++)
            {
                var spec = Spec("/bin/sh", "-c", "echo me $$; exec sleep 300");
                LaunchResult result;
                // While somebody has the file open nobody can be given a lease of it.
                do result = Launcher.Launch(spec);
                while (result is LaunchResult.Failed { Reason: LaunchFailure.Resources });
                var process = Assert.IsType<LaunchResult.Launched>(result).Process;
                Assert.Equal(process.Identity.Pid.ToString(), (await Printed(spec, "me"))[0]);
            }
        }
        finally
        {
            await over.CancelAsync();
            Assert.NotEqual(0, await looker);
        }
    }

    private static void OpenForAMoment(string file)
    {
        const int readOnlyNonBlockingCloseOnExec = 0x80800;
        var descriptor = Open(file, readOnlyNonBlockingCloseOnExec);
        if (descriptor >= 0) Native.Close(descriptor);
    }

    [DllImport("libc", EntryPoint = "open")]
    private static extern int Open(string path, int flags);

    private (Task<int> Start, string Output) Waiting(string? pass)
    {
        Assert.True(Native.Lease(_file));
        var output = Path.Combine(Folder, "output");
        File.WriteAllText(output, "");
        var spawn = new PosixSpawn
        {
            Program = "/bin/echo",
            Arguments = ["echo", "it ran"],
            Environment = [],
            Folder = "/",
            Output = output,
            Gate = new PosixSpawn.Barrier($"/proc/{Environment.ProcessId}/fd/{_file}", _file),
            Pass = pass,
        };
        return (Task.Factory.StartNew(() => spawn.Start(out _), TaskCreationOptions.LongRunning), output);
    }

    private static bool Holds(int pid, string file)
    {
        try
        {
            return Directory.EnumerateFileSystemEntries($"/proc/{pid}/fd").Any(descriptor => new FileInfo(descriptor).LinkTarget == file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
