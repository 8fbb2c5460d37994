using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Ziggie.Processes.Linux;

/// <summary>One call of posix_spawn(3): a leader of a new session with default signals and none blocked.</summary>
[SupportedOSPlatform("linux")]
internal sealed record PosixSpawn
{
    private const uint MarkMode = 0b110_000_000;

    public required string Program { get; init; }

    /// <summary>Including the program's own name at the front.</summary>
    public required IReadOnlyList<string> Arguments { get; init; }

    /// <summary>NAME=value, each.</summary>
    public required IReadOnlyList<string> Environment { get; init; }

    public required string Folder { get; init; }

    public string? Output { get; init; }

    public string? Error { get; init; }

    /// <summary>Descriptors of this process that the child gets as 3, 4, …; nothing else of this process is open in the child.</summary>
    public IReadOnlyList<int> Handed { get; init; } = [];

    /// <summary>FIFOs that the child gets open, as the numbers after <see cref="Handed"/>.</summary>
    public IReadOnlyList<string> Fifos { get; init; } = [];

    /// <summary>What the child waits at first of all.</summary>
    public Barrier? Gate { get; init; }

    /// <summary>A file that there must be when the child has passed the gate, or it ends instead of becoming the program; an absolute path.</summary>
    public string? Pass { get; init; }

    /// <summary>A file that the child makes in its last step; an absolute path.</summary>
    public string? Mark { get; init; }

    /// <summary>0 and the PID, or the error of whichever step failed: folder, output, program.</summary>
    public unsafe int Start(out int pid)
    {
        var attributes = NativeMemory.AllocZeroed(Native.SpawnStructureSize);
        var actions = NativeMemory.AllocZeroed(Native.SpawnStructureSize);
        var strings = new List<nint>();
        byte** arguments = null;
        byte** environment = null;
        Native.SpawnAttributesInit(attributes);
        Native.FileActionsInit(actions);
        try
        {
            SetAttributes(attributes);
            AddActions(actions);
            arguments = Block(Arguments, strings);
            environment = Block(Environment, strings);
            return Native.PosixSpawn(out pid, (byte*)Text(Program, strings), actions, attributes, arguments, environment);
        }
        finally
        {
            foreach (var text in strings) Marshal.FreeCoTaskMem(text);
            NativeMemory.Free(arguments);
            NativeMemory.Free(environment);
            Native.FileActionsDestroy(actions);
            Native.SpawnAttributesDestroy(attributes);
            NativeMemory.Free(actions);
            NativeMemory.Free(attributes);
        }
    }

    private static unsafe void SetAttributes(void* attributes)
    {
        var set = stackalloc byte[128];
        Native.SignalSetEmpty(set);
        Native.SpawnAttributesSignalMask(attributes, set);
        // The runtime ignores SIGPIPE, and what is ignored stays so across exec. All 64 bits and not sigfillset, which leaves out signals 32
        // and 33: glibc would then have the child ignore those.
        *(ulong*)set = ulong.MaxValue;
        Native.SpawnAttributesSignalDefaults(attributes, set);
        Native.SpawnAttributesFlags(attributes, Native.SpawnSetSession | Native.SpawnSetSignalMask | Native.SpawnSetSignalDefaults);
    }

    private unsafe void AddActions(void* actions)
    {
        if (Gate is { } gate) AddGate(actions, gate);
        Native.FileActionsOpen(actions, 0, "/dev/null", Native.OpenReadOnly, 0);
        Native.FileActionsOpen(actions, 1, Output ?? "/dev/null", OutputFlags(Output), 0);
        if (Error is null) Native.FileActionsDuplicate(actions, 1, 2);
        else Native.FileActionsOpen(actions, 2, Error, OutputFlags(Error), 0);
        // By way of numbers that are free for certain, so that no step overwrites what a later one reads.
        var free = Handed.Count == 0 ? 3 : Handed.Max() + 1;
        for (var index = 0; index < Handed.Count; index++) Native.FileActionsDuplicate(actions, Handed[index], free + index);
        for (var index = 0; index < Handed.Count; index++) Native.FileActionsDuplicate(actions, free + index, 3 + index);
        if (Native.HasCloseFrom) Native.FileActionsCloseFrom(actions, 3 + Handed.Count);
        for (var index = 0; index < Fifos.Count; index++)
            Native.FileActionsOpen(actions, 3 + Handed.Count + index, Fifos[index], Native.OpenReadWrite | Native.OpenNonBlocking, 0);
        // So late that relative paths of outputs would be the daemon's.
        Native.FileActionsChangeFolder(actions, Folder);
        if (Mark is null) return;
        var unused = 3 + Handed.Count + Fifos.Count;
        Native.FileActionsOpen(actions, unused, Mark, Native.OpenWriteOnly | Native.OpenCreate, MarkMode);
        Native.FileActionsClose(actions, unused);
    }

    private unsafe void AddGate(void* actions, Barrier gate)
    {
        // As long as the child has them open too, neither the lease nor the lock and the addresses of this process end with it.
        if (Native.HasCloseFrom && Handed.Count == 0) Native.FileActionsCloseFrom(actions, 3);
        else Native.FileActionsClose(actions, gate.Descriptor);
        Native.FileActionsOpen(actions, 0, gate.Path, Native.OpenReadOnly, 0);
        if (Pass is not null) Native.FileActionsOpen(actions, 0, Pass, Native.OpenReadOnly, 0);
    }

    /// <summary>
    /// Read-write, so that a FIFO neither blocks while nobody reads it nor breaks when the reader goes. A file is appended to; a FIFO
    /// does without that flag, which would keep programs from using splice and sendfile on it.
    /// </summary>
    private static int OutputFlags(string? path) => Native.OpenReadWrite | Native.OpenNoControllingTerminal
        | (path is not null && Native.KindOf(path) == Native.FileKind.Regular ? Native.OpenAppend : 0);

    private static unsafe byte** Block(IReadOnlyList<string> texts, List<nint> strings)
    {
        var block = (byte**)NativeMemory.AllocZeroed((nuint)(texts.Count + 1), (nuint)sizeof(byte*));
        for (var index = 0; index < texts.Count; index++) block[index] = (byte*)Text(texts[index], strings);
        return block;
    }

    private static nint Text(string text, List<nint> strings)
    {
        var copy = Marshal.StringToCoTaskMemUTF8(text);
        strings.Add(copy);
        return copy;
    }

    /// <summary>A file that this process has a lease of.</summary>
    /// <param name="Path">How the child opens it, and waits.</param>
    /// <param name="Descriptor">As what this process has it open.</param>
    public sealed record Barrier(string Path, int Descriptor);
}
