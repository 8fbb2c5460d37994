using Xunit;

namespace Ziggie.Processes.Tests.Linux;

public sealed class A_launch_that_fails : Launching
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
        Assert.EndsWith(".", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_a_program_that_is_nowhere()
    {
        Expect(LaunchFailure.ProgramMissing, "'no-such-thing' is in none of the folders of PATH (/usr/bin", Spec("no-such-thing"));
        Expect(LaunchFailure.ProgramMissing, "'/no/such/thing' does not exist", Spec("/no/such/thing"));
        Expect(LaunchFailure.ProgramMissing, "'./thing' does not exist", Spec("./thing"));
    }

    [Fact]
    public void Names_a_program_that_cannot_be_executed()
    {
        Expect(LaunchFailure.NotExecutable, "chmod +x", Spec(Make("plain.sh", "#!/bin/sh\n", 0b110_100_100)));
        Expect(LaunchFailure.NotExecutable, "is a folder", Spec("/tmp"));
        Expect(LaunchFailure.NotExecutable, "#! line", Spec(Make("bare.sh", "echo hello\n")));
        Expect(LaunchFailure.NotExecutable, "names the interpreter '/no/interpreter'", Spec(Make("odd.sh", "#!/no/interpreter -x\n")));
        Expect(LaunchFailure.NotExecutable, "chmod +x", Spec("plain.sh") with { Environment = new Dictionary<string, string> { ["PATH"] = Folder } });
    }

    [Fact]
    public void Names_the_folder()
    {
        Expect(LaunchFailure.FolderMissing, "'/no/such/folder' does not exist", Spec("true") with { WorkingDirectory = "/no/such/folder" });
        Expect(LaunchFailure.FolderMissing, "is a file", Spec("true") with { WorkingDirectory = "/bin/sh" });
    }

    [RootFact]
    public void Names_what_the_user_may_not_do()
    {
        Expect(LaunchFailure.UserUnknown, "no user 'nobody-at-all'", Spec("true") with { User = "nobody-at-all" });
        File.SetUnixFileMode(Folder, (UnixFileMode)0b111_000_000);
        Expect(LaunchFailure.NotPermitted, "User 'nobody' may not enter the working folder", Spec("true") with { User = "nobody" });
        var program = Make("private", "#!/bin/sh\n", 0b111_000_000);
        Expect(LaunchFailure.NotPermitted, "User 'nobody' may not execute", Spec(program) with { User = "nobody", WorkingDirectory = "/" });
    }

    [Fact]
    public void Says_what_is_malformed_or_missing()
    {
        Expect(LaunchFailure.Other, "An argument", Spec("true", "a\0b"));
        Expect(LaunchFailure.Other, "'A=B'", Spec("true") with { Environment = new Dictionary<string, string> { ["A=B"] = "" } });
        Expect(LaunchFailure.Other, "output", Spec("true") with { StandardOutput = Path.Combine(Folder, "none") });
        Expect(LaunchFailure.Other, "longer than the system allows", Spec("/bin/true", new string('x', 4_000_000)));
    }

    [Fact]
    public async Task Disturbs_no_other_process()
    {
        var process = Start(Spec("/bin/sleep", "300"));
        for (var times = 0; times < 20; times++) Refused(Spec("/no/such/thing"));
        Assert.True(process.Signal(SignalNames.Terminate));
        Assert.Equal(ExitStatus.Signaled(15), await process.Exited.WaitAsync(Limit));
    }
}
