using System.Runtime.Versioning;
using Xunit;
using Ziggie.Dummy;
using Ziggie.Processes.Linux;
using Ziggie.Processes.Linux.Cgroups;

namespace Ziggie.Processes.Tests.Linux;

[SupportedOSPlatform("linux")]
public sealed class A_run_in_a_control_group : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly string _group = $"{CgroupFactAttribute.Mount}/ziggie-test-{Guid.NewGuid():N}";
    private readonly string _folder = Directory.CreateTempSubdirectory("ziggie-test-").FullName;
    private readonly string _runId = Guid.NewGuid().ToString("N");
    private LinuxProcessLauncher? _launcher;

    public void Dispose()
    {
        _launcher?.SignalTree(_runId, null, SignalNames.Kill);
        _launcher?.Dispose();
        if (Directory.Exists(_group)) SpinWait.SpinUntil(() => CgroupFiles.Remove(_group), Limit);
        Directory.Delete(_folder, recursive: true);
    }

    private IServiceProcess Start(ProcessLimits? limits, params IReadOnlyList<string> command)
    {
        Directory.CreateDirectory(_group);
        _launcher ??= new LinuxProcessLauncher(subreaper: true, keeperFolder: null, cgroups: _group);
        var output = Path.Combine(_folder, "out");
        File.WriteAllText(output, "");
        return Assert.IsType<LaunchResult.Launched>(_launcher.Launch(new ProcessSpec
        {
            RunId = _runId,
            FileName = command[0],
            Arguments = [.. command.Skip(1)],
            WorkingDirectory = _folder,
            Environment = new Dictionary<string, string> { ["PATH"] = "/usr/bin:/bin" },
            StandardOutput = output,
            Limits = limits,
        })).Process;
    }

    private string Printed(Func<string, bool> isComplete)
    {
        var text = "";
        Assert.True(SpinWait.SpinUntil(() => isComplete(text = File.ReadAllText(Path.Combine(_folder, "out"))), Limit), text);
        return text;
    }

    [CgroupFact]
    public void Is_in_it_from_its_first_moment_and_nobody_else_is()
    {
        using var process = Start(null, "/bin/sh", "-c", "cat /proc/self/cgroup; echo end; exec sleep 300");

        var text = Printed(text => text.EndsWith("end\n", StringComparison.Ordinal));

        Assert.Contains($"0::/{Path.GetFileName(_group)}/run-{_runId}\n", text);
        Assert.Equal([process.Identity.Pid], CgroupFiles.Processes(_group));
    }

    [CgroupFact]
    public async Task What_wiped_its_environment_and_left_its_parents_is_found_and_killed_also_by_a_later_daemon()
    {
        using var process = Start(null, "/bin/sh", "-c", "setsid env -i sh -c 'setsid sleep 300 & echo left $!'; exec sleep 300");
        var left = int.Parse(Printed(text => text.EndsWith('\n')).Trim().Split(' ')[1]);

        using (var later = new LinuxProcessLauncher(subreaper: true, keeperFolder: null, cgroups: _group))
            Assert.Contains(left, later.FindTree(_runId, process.Identity));
        // The shells between are on their way out.
        Assert.True(SpinWait.SpinUntil(() => _launcher!.FindTree(_runId, process.Identity).Count == 2, Limit));
        Assert.Contains(left, _launcher!.FindTree(_runId, process.Identity));
        Assert.Equal(2, _launcher.SignalTree(_runId, process.Identity, SignalNames.Kill));
        Assert.Equal(ExitStatus.Signaled(SignalNames.Kill), await process.Exited.WaitAsync(Limit));
        Assert.True(SpinWait.SpinUntil(() => _launcher.FindTree(_runId, process.Identity).Count == 0, Limit));
    }

    [CgroupFact]
    public async Task Its_group_counts_its_time_and_goes_with_it()
    {
        var process = Start(null, "/bin/sh", "-c", "i=0; while [ $i -lt 100000 ]; do i=$((i+1)); done; echo done; exec sleep 300");
        Printed(text => text.Contains("done", StringComparison.Ordinal));
        var usage = _launcher!.UsageOf(_runId)!;
        Assert.True(usage.Cpu > TimeSpan.Zero);
        Assert.False(usage.OutOfMemory);

        process.Signal(SignalNames.Kill);
        await process.Exited.WaitAsync(Limit);
        process.Dispose();

        Assert.True(SpinWait.SpinUntil(() => !Directory.Exists($"{_group}/run-{_runId}"), Limit));
        Assert.Null(_launcher.UsageOf(_runId));
    }

    [CgroupFact]
    public void Other_limits_hold_beside_it()
    {
        using var process = Start(new ProcessLimits { OpenFiles = 99 }, DummyProgram.Command("fds", "hang"));
        Assert.Contains("99", File.ReadLines($"/proc/{process.Identity.Pid}/limits").Single(line => line.StartsWith("Max open files", StringComparison.Ordinal)));
    }

    [CgroupFact]
    public void The_machines_own_root_group_is_not_taken_for_the_daemons()
    {
        var own = CgroupPlace.Find(File.ReadAllText("/proc/self/mountinfo"), File.ReadAllText("/proc/self/cgroup"));
        if (own?.Folder != own?.Mount || File.Exists($"{own?.Mount}/cgroup.events")) return; // in a container, or in a group of its own
        var (tree, why) = CgroupTree.Open("auto");
        Assert.Null(tree);
        Assert.Contains("not delegated", why);
    }
}
