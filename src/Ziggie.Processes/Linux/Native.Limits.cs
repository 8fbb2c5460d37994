using System.Runtime.InteropServices;

namespace Ziggie.Processes.Linux;

/// <summary>Limits of processes and their priority.</summary>
internal static partial class Native
{
    public const int LimitCore = 4;
    public const int LimitOpenFiles = 7;

    private const int PriorityOfProcess = 0;

    /// <summary>Sets the soft and the hard limit of another process; 0 or the error.</summary>
    public static unsafe int SetLimit(int pid, int resource, ulong value)
    {
        var limit = new ResourceLimit { Soft = value, Hard = value };
        return ProcessLimit(pid, resource, &limit, null) == 0 ? 0 : Marshal.GetLastPInvokeError();
    }

    /// <summary>The hard limit that this process has.</summary>
    public static unsafe ulong HardLimit(int resource)
    {
        ResourceLimit limit;
        return ProcessLimit(0, resource, null, &limit) == 0 ? limit.Hard : ulong.MaxValue;
    }

    /// <summary>-20 to 19; 0 or the error.</summary>
    public static int SetNice(int pid, int nice) => SetPriority(PriorityOfProcess, pid, nice) == 0 ? 0 : Marshal.GetLastPInvokeError();

    [LibraryImport("libc", EntryPoint = "prlimit", SetLastError = true)]
    private static unsafe partial int ProcessLimit(int pid, int resource, ResourceLimit* set, ResourceLimit* get);

    [LibraryImport("libc", EntryPoint = "setpriority", SetLastError = true)]
    private static partial int SetPriority(int which, int who, int nice);

    private struct ResourceLimit
    {
        public ulong Soft;
        public ulong Hard;
    }
}
