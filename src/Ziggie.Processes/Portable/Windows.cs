using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Ziggie.Processes.Portable;

/// <summary>Console events and the process list of Windows.</summary>
[SupportedOSPlatform("windows")]
internal static partial class Windows
{
    private const uint BreakEvent = 1;
    private const uint SnapshotOfProcesses = 2;

    /// <summary>CTRL_BREAK to a process group; false without a console that the daemon and the group share.</summary>
    public static bool SendBreak(int group) => GenerateConsoleCtrlEvent(BreakEvent, (uint)group);

    /// <exception cref="IOException">The list cannot be had now.</exception>
    public static unsafe List<ProcessLink> Processes()
    {
        var snapshot = CreateToolhelp32Snapshot(SnapshotOfProcesses, 0);
        if (snapshot == -1) throw new IOException($"Processes cannot be listed: {Marshal.GetLastPInvokeErrorMessage()}");
        try
        {
            var processes = new List<ProcessLink>(256);
            var entry = new Entry { Size = (uint)sizeof(Entry) };
            for (var more = Process32First(snapshot, &entry); more; more = Process32Next(snapshot, &entry))
                processes.Add(new ProcessLink((int)entry.Pid, (int)entry.Parent));
            return processes;
        }
        finally
        {
            CloseHandle(snapshot);
        }
    }

    [LibraryImport("kernel32")]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool GenerateConsoleCtrlEvent(uint type, uint group);

    [LibraryImport("kernel32", SetLastError = true)]
    private static partial nint CreateToolhelp32Snapshot(uint flags, uint pid);

    [LibraryImport("kernel32", EntryPoint = "Process32FirstW")]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static unsafe partial bool Process32First(nint snapshot, Entry* entry);

    [LibraryImport("kernel32", EntryPoint = "Process32NextW")]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static unsafe partial bool Process32Next(nint snapshot, Entry* entry);

    [LibraryImport("kernel32")]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool CloseHandle(nint handle);

    /// <summary>PROCESSENTRY32W.</summary>
    private unsafe struct Entry
    {
        public uint Size;
        public uint Usage;
        public uint Pid;
        public nint Heap;
        public uint Module;
        public uint Threads;
        public uint Parent;
        public int Priority;
        public uint Flags;
        public fixed char Name[260];
    }
}
