using System.Runtime.InteropServices;

namespace Ziggie.Dummy;

/// <summary>Becomes another program with less than it might do.</summary>
internal static unsafe partial class Confinement
{
    private const int NoNewPrivileges = 38, Seccomp = 22, Filter = 2;
    private const ushort LoadWord = 0x20, JumpIfEqual = 0x15, Return = 0x06;

    /// <summary>The byte for equal, then that for not equal.</summary>
    private static readonly ushort SkipOneIfNot = BitConverter.ToUInt16([0, 1]);

    private const uint CopyDescriptor = 438, Allow = 0x7fff0000, NotPermitted = 0x00050001;

    /// <summary>Without pidfd_getfd, as a container's filter or the Yama module would have it. Does not return.</summary>
    public static void ForbidCopies(string[] command)
    {
        var instructions = stackalloc Instruction[]
        {
            new() { Code = LoadWord },
            new() { Code = JumpIfEqual, Jumps = SkipOneIfNot, Value = CopyDescriptor },
            new() { Code = Return, Value = NotPermitted },
            new() { Code = Return, Value = Allow },
        };
        var program = new Instructions { Count = 4, First = instructions };
        if (Control(NoNewPrivileges, 1, null, 0, 0) != 0 || Control(Seccomp, Filter, &program, 0, 0) != 0)
            throw new InvalidOperationException(Marshal.GetLastPInvokeErrorMessage());
        var arguments = stackalloc nint[command.Length + 1];
        for (var index = 0; index < command.Length; index++) arguments[index] = Marshal.StringToCoTaskMemUTF8(command[index]);
        arguments[command.Length] = 0;
        _ = Become(arguments[0], arguments);
        throw new InvalidOperationException(Marshal.GetLastPInvokeErrorMessage());
    }

    [LibraryImport("libc", EntryPoint = "prctl", SetLastError = true)]
    private static partial int Control(int option, nint first, void* second, nint third, nint fourth);

    [LibraryImport("libc", EntryPoint = "execv", SetLastError = true)]
    private static partial int Become(nint path, nint* arguments);

    private struct Instruction
    {
        public ushort Code;
        public ushort Jumps;
        public uint Value;
    }

    private struct Instructions
    {
        public ushort Count;
        public Instruction* First;
    }
}
