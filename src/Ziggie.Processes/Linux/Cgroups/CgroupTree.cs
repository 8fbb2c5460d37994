using System.Globalization;
using System.Runtime.Versioning;

namespace Ziggie.Processes.Linux.Cgroups;

/// <summary>
/// A control group (v2) for each run, inside a group that was delegated to the daemon. Its name is made of the run's id alone, so that every
/// later daemon finds it again. The daemon and its helpers stay outside, in a group of their own.
/// </summary>
[SupportedOSPlatform("linux")]
internal sealed class CgroupTree
{
    /// <summary>The group for the daemon itself: where groups have controllers, only their leaves may hold processes.</summary>
    public const string DaemonGroup = "daemon";

    private const int CpuPeriodMicroseconds = 100_000;
    private const string RunPrefix = "run-";
    private static readonly TimeSpan SweepPause = TimeSpan.FromMinutes(1);

    private readonly string _folder;
    private readonly bool _hasMemory;
    private readonly bool _hasCpu;
    private long _lastSweep = Environment.TickCount64;

    private CgroupTree(string folder)
    {
        _folder = folder;
        foreach (var controller in (string[])["memory", "cpu"])
        {
            if (Has("cgroup.controllers", controller)) CgroupFiles.Write(folder, "cgroup.subtree_control", "+" + controller);
        }
        (_hasMemory, _hasCpu) = (Has("cgroup.subtree_control", "memory"), Has("cgroup.subtree_control", "cpu"));
    }

    /// <summary>Why the kernel does not keep the limits of memory here; null when it does.</summary>
    public string? WhyNoLimits => _hasMemory ? null : $"The control group {_folder} counts no memory.";

    /// <summary>Whether the kernel keeps the limits of processor time here.</summary>
    public bool LimitsProcessor => _hasCpu;

    /// <summary>Null with a sentence when there are to be no groups, or can be none.</summary>
    /// <param name="setting"><c>auto</c>, <c>off</c>, or the folder of a group that belongs to the daemon.</param>
    public static (CgroupTree? Tree, string? Why) Open(string setting)
    {
        if (setting.Equals("off", StringComparison.OrdinalIgnoreCase))
            return (null, "Control groups are switched off by the setting Cgroups.");
        var own = CgroupPlace.Find(ReadProc("/proc/self/mountinfo"), ReadProc("/proc/self/cgroup"));
        string folder;
        if (setting.Equals("auto", StringComparison.OrdinalIgnoreCase))
        {
            if (own is null) return (null, "There is no cgroup v2 on this machine, or not where the daemon sees it.");
            folder = Path.GetFileName(own.Folder) == DaemonGroup ? Path.GetDirectoryName(own.Folder)! : own.Folder;
            if (!Delegation.IsOurs(folder, own.Mount))
            {
                return (null, $"The control group {folder} was not delegated to the daemon "
                    + $"(in a systemd unit: Delegate=yes and DelegateSubgroup={DaemonGroup}).");
            }
        }
        else
        {
            folder = setting.TrimEnd('/');
            if (CgroupFiles.Read(folder, "cgroup.procs") is null)
                return (null, $"{folder}, which the setting Cgroups names, is no control group (v2).");
        }
        if (own?.Folder == folder && MoveDaemon(folder) is { } refusal)
            return (null, $"The daemon cannot leave {folder} for a group of its own: {refusal}");
        return (new CgroupTree(folder), null);
    }

    /// <summary>
    /// Makes the run's group with its limits. A sentence when a limit cannot be set; null also where there can be no group just now.
    /// </summary>
    public string? Prepare(string runId, ProcessLimits? limits)
    {
        var group = GroupOf(runId);
        try
        {
            Directory.CreateDirectory(group);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null; // the run then goes without: what it uses is sampled
        }
        if (_hasMemory)
        {
            CgroupFiles.Write(group, "memory.oom.group", "1");
            if (limits?.MaxMemory is { } memory && CgroupFiles.Write(group, "memory.max", Text(memory)) is { } noMemory)
                return $"limits.max_memory cannot be set: {noMemory}";
        }
        if (_hasCpu && limits?.Cpu is { } cores && CgroupFiles.Write(group, "cpu.max", CpuMax(cores)) is { } noCpu)
            return $"limits.cpu cannot be set: {noCpu}";
        // A process's own niceness counts among those of its group alone.
        if (_hasCpu && limits?.Nice is { } nice) CgroupFiles.Write(group, "cpu.weight.nice", Text(nice));
        return null;
    }

    /// <summary>Puts a process into the run's group, with all that it starts from then on.</summary>
    public void Join(string runId, int pid)
    {
        if (CgroupFiles.Write(GroupOf(runId), "cgroup.procs", Text(pid)) is not null) CgroupFiles.Remove(GroupOf(runId));
    }

    public IEnumerable<int> Members(string runId) => CgroupFiles.Processes(GroupOf(runId));

    /// <summary>Kills whatever is in the group, also what is being born (kernel 5.14 and later).</summary>
    public void Kill(string runId) => CgroupFiles.Write(GroupOf(runId), "cgroup.kill", "1");

    /// <summary>A new limit for a run that goes on; null lifts it.</summary>
    public void LimitMemory(string runId, long? bytes)
    {
        if (_hasMemory) CgroupFiles.Write(GroupOf(runId), "memory.max", bytes is { } limit ? Text(limit) : "max");
    }

    public GroupUsage? UsageOf(string runId)
    {
        var group = GroupOf(runId);
        if (CgroupFiles.Value(CgroupFiles.Read(group, "cpu.stat"), "usage_usec") is not { } microseconds) return null;
        var current = CgroupFiles.Read(group, "memory.current");
        long? memory = long.TryParse(current.AsSpan().Trim(), CultureInfo.InvariantCulture, out var bytes) ? bytes : null;
        // "oom" counts only what the group's own limit brought about; a machine that is out of memory kills without it.
        var events = CgroupFiles.Read(group, "memory.events");
        var killed = CgroupFiles.Value(events, "oom") > 0 && CgroupFiles.Value(events, "oom_kill") > 0;
        return new GroupUsage(TimeSpan.FromMicroseconds(microseconds), memory, _hasMemory && memory is not null, killed);
    }

    /// <summary>After the end of a run; a group that is not empty stays, and is removed with a later one.</summary>
    public void Remove(string runId)
    {
        CgroupFiles.Remove(GroupOf(runId));
        var now = Environment.TickCount64;
        var last = Interlocked.Read(ref _lastSweep);
        if (now - last < SweepPause.TotalMilliseconds || Interlocked.CompareExchange(ref _lastSweep, now, last) != last) return;
        foreach (var group in CgroupFiles.Folders(_folder, RunPrefix + "*"))
        {
            // Not those that were just made: their process is on its way.
            if (DateTime.UtcNow - Directory.GetLastWriteTimeUtc(group) > SweepPause) CgroupFiles.Remove(group);
        }
    }

    /// <summary>"50000 100000" for half a core.</summary>
    internal static string CpuMax(double cores) =>
        $"{Text(Math.Max(1_000, (long)Math.Round(cores * CpuPeriodMicroseconds)))} {Text(CpuPeriodMicroseconds)}";

    private static string? MoveDaemon(string folder)
    {
        try
        {
            Directory.CreateDirectory(Path.Combine(folder, DaemonGroup));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return error.Message;
        }
        return CgroupFiles.Write(Path.Combine(folder, DaemonGroup), "cgroup.procs", Text(Environment.ProcessId));
    }

    private bool Has(string file, string controller) =>
        CgroupFiles.Read(_folder, file)?.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries).Contains(controller) == true;

    private string GroupOf(string runId) => Path.Combine(_folder, RunPrefix + runId);

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string ReadProc(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
