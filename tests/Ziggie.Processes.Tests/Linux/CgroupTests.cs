using System.Runtime.Versioning;
using Xunit;
using Ziggie.Processes.Linux.Cgroups;

namespace Ziggie.Processes.Tests.Linux;

/// <summary>What is read from and written to control groups, on plain files: no machine has every controller in v2.</summary>
[SupportedOSPlatform("linux")]
public sealed class CgroupTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ziggie-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("30 25 0:27 / /sys/fs/cgroup rw,nosuid - cgroup2 cgroup2 rw", "0::/system.slice/ziggie.service", "/sys/fs/cgroup/system.slice/ziggie.service")]
    [InlineData("30 25 0:27 / /sys/fs/cgroup/unified rw shared:9 - cgroup2 cgroup2 rw", "4:memory:/a\n0::/", "/sys/fs/cgroup/unified")]
    [InlineData("30 25 0:27 /docker/abc /sys/fs/cgroup ro - cgroup2 cgroup rw", "0::/docker/abc/inner", "/sys/fs/cgroup/inner")]
    [InlineData(@"30 25 0:27 / /mnt/my\040groups rw - cgroup2 cgroup2 rw", "0::/a", "/mnt/my groups/a")]
    [InlineData("30 25 0:27 /docker/abc /sys/fs/cgroup ro - cgroup2 cgroup rw", "0::/docker/abcd", null)]
    [InlineData("30 25 0:27 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw", "0::/../outside", null)]
    [InlineData("30 25 0:27 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory", "4:memory:/a", null)]
    [InlineData("", "", null)]
    public void The_daemons_own_group_is_found(string mounts, string own, string? folder) =>
        Assert.Equal(folder, CgroupPlace.Find(mounts, own)?.Folder);

    [Theory]
    [InlineData(0.5, "50000 100000")]
    [InlineData(2, "200000 100000")]
    [InlineData(0.001, "1000 100000")]
    public void Cores_become_a_quota(double cores, string quota) => Assert.Equal(quota, CgroupTree.CpuMax(cores));

    [Fact]
    public void Limits_are_written_and_what_was_counted_is_read()
    {
        var tree = Tree("memory cpu\n");
        Assert.Null(tree.WhyNoLimits);
        Assert.True(tree.LimitsProcessor);

        Assert.Null(tree.Prepare("x", new ProcessLimits { MaxMemory = 512_000_000, Cpu = 1.5 }));
        tree.Join("x", 4711);
        tree.Kill("x");

        Assert.Equal("512000000", Read("memory.max"));
        Assert.Equal("1", Read("memory.oom.group"));
        Assert.Equal("150000 100000", Read("cpu.max"));
        Assert.Equal("4711", Read("cgroup.procs"));
        Assert.Equal("1", Read("cgroup.kill"));
        Assert.Equal(new GroupUsage(TimeSpan.FromMilliseconds(1.5), 4096, LimitsMemory: true, OutOfMemory: false), tree.UsageOf("x"));

        tree.LimitMemory("x", 9_000_000_000);
        Assert.Equal("9000000000", Read("memory.max"));
        Write("memory.events", "low 0\nmax 3\noom 1\noom_kill 2\noom_group_kill 1\n");
        Assert.True(tree.UsageOf("x")!.OutOfMemory);
        // The whole machine was out of memory: not this group's limit.
        Write("memory.events", "low 0\nmax 0\noom 0\noom_kill 1\n");
        Assert.False(tree.UsageOf("x")!.OutOfMemory);
    }

    [Fact]
    public void Without_the_memory_controller_the_limit_is_not_said_to_be_kept()
    {
        var tree = Tree("cpu\n");
        Assert.Contains("counts no memory", tree.WhyNoLimits);
        Assert.Null(tree.Prepare("x", new ProcessLimits { MaxMemory = 512_000_000 }));
        Assert.Equal("", Read("memory.max"));
        Assert.False(tree.UsageOf("x")!.LimitsMemory);
    }

    [Fact]
    public void A_limit_that_the_kernel_refuses_is_said()
    {
        var tree = Tree("memory\n");
        Assert.False(tree.LimitsProcessor);
        File.Delete(Path.Combine(_folder, "run-x", "memory.max"));
        Assert.StartsWith("limits.max_memory cannot be set: memory.max", tree.Prepare("x", new ProcessLimits { MaxMemory = 1 }), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("off", "switched off")]
    [InlineData("OFF", "switched off")]
    [InlineData("/no/such/group", "is no control group")]
    public void Without_groups_there_is_a_sentence(string setting, string sentence)
    {
        var (tree, why) = CgroupTree.Open(setting);
        Assert.Null(tree);
        Assert.Contains(sentence, why);
    }

    /// <summary>With the files that the kernel would make in the group of the run x.</summary>
    private CgroupTree Tree(string controllers)
    {
        File.WriteAllText(Path.Combine(_folder, "cgroup.procs"), "");
        File.WriteAllText(Path.Combine(_folder, "cgroup.subtree_control"), controllers);
        Directory.CreateDirectory(Path.Combine(_folder, "run-x"));
        foreach (var file in (string[])["memory.max", "memory.oom.group", "memory.events", "cpu.max", "cgroup.procs", "cgroup.kill"]) Write(file, "");
        Write("memory.current", "4096\n");
        Write("cpu.stat", "usage_usec 1500\nuser_usec 1000\n");
        return CgroupTree.Open(_folder).Tree!;
    }

    private void Write(string file, string text) => File.WriteAllText(Path.Combine(_folder, "run-x", file), text);

    private string Read(string file) => File.ReadAllText(Path.Combine(_folder, "run-x", file));
}
