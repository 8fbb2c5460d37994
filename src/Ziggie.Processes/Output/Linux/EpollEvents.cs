using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Ziggie.Processes.Output.Linux;

/// <summary>Room for a batch of <c>struct epoll_event</c>, which is packed on x86-64 and aligned elsewhere.</summary>
[SupportedOSPlatform("linux")]
internal sealed unsafe class EpollEvents(int capacity)
{
    private static readonly bool Packed = RuntimeInformation.ProcessArchitecture is Architecture.X64;
    private static readonly int DataOffset = Packed ? 4 : 8;
    private static readonly int Size = DataOffset + 8;

    private readonly byte[] _events = new byte[capacity * Size];

    public static int Add(int epoll, int descriptor, uint events, long data)
    {
        var entry = stackalloc byte[16];
        *(uint*)entry = events;
        *(long*)(entry + DataOffset) = data;
        return OutputNative.EpollControl(epoll, OutputNative.EpollAdd, descriptor, entry);
    }

    public static void Remove(int epoll, int descriptor)
    {
        var entry = stackalloc byte[16];
        OutputNative.EpollControl(epoll, OutputNative.EpollDelete, descriptor, entry);
    }

    /// <summary>How many events came; negative after an error, with the error in the last P/Invoke error.</summary>
    public int Wait(int epoll, int timeoutMilliseconds)
    {
        fixed (byte* events = _events) return OutputNative.EpollWait(epoll, events, capacity, timeoutMilliseconds);
    }

    public long DataAt(int index) => MemoryMarshal.Read<long>(_events.AsSpan(index * Size + DataOffset));
}
