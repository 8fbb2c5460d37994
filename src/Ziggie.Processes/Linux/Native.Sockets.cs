using System.Runtime.InteropServices;

namespace Ziggie.Processes.Linux;

/// <summary>Descriptors that travel through a Unix socket.</summary>
internal static partial class Native
{
    private const int UnixFamily = 1;
    private const int SequencedPackets = 5;
    private const int SocketCloseOnExec = 0x80000;
    private const int SocketNonBlocking = 0x800;
    private const int SocketLevel = 1;
    private const int CarriedDescriptors = 1;
    private const int CarriedCredentials = 2;
    private const int PassCredentials = 16;
    private const int PeekOffset = 42;
    private const int MessagePeek = 2;
    private const int MessageDoNotWait = 0x40;
    private const int MessageNoSignal = 0x4000;
    private const int MessageCloseOnExec = 0x4000_0000;
    private const int HeaderSize = 16;
    private const int MostCarried = 3;

    /// <summary>A header and struct ucred, aligned.</summary>
    private const int Credentials = 32;

    /// <summary>Two ends of a queue of packets, closed on exec; false when there is no room for them.</summary>
    public static unsafe bool SocketPair(out int sender, out int receiver)
    {
        var ends = stackalloc int[2];
        var made = MakeSocketPair(UnixFamily, SequencedPackets | SocketCloseOnExec | SocketNonBlocking, 0, ends) == 0;
        (sender, receiver) = made ? (ends[0], ends[1]) : (-1, -1);
        return made;
    }

    /// <summary>Puts a packet and the descriptors with it into the queue; false when it is full.</summary>
    public static unsafe bool SendDescriptors(int socket, ReadOnlySpan<byte> packet, ReadOnlySpan<int> descriptors)
    {
        var control = stackalloc byte[(int)Aligned(MostCarried)];
        *(nuint*)control = (nuint)(HeaderSize + descriptors.Length * sizeof(int));
        *(int*)(control + 8) = SocketLevel;
        *(int*)(control + 12) = CarriedDescriptors;
        descriptors.CopyTo(new Span<int>(control + HeaderSize, MostCarried));
        fixed (byte* bytes = packet)
        {
            var part = new Part { Start = bytes, Length = (nuint)packet.Length };
            var message = new Message { Parts = &part, PartCount = 1, Control = control, ControlLength = Aligned(descriptors.Length) };
            return Send(socket, &message, MessageDoNotWait | MessageNoSignal) >= 0;
        }
    }

    /// <summary>The next packet and copies of its descriptors; its length, or -1 when there is none.</summary>
    public static unsafe int ReceiveDescriptors(int socket, Span<byte> packet, bool keep, List<int> descriptors)
    {
        var control = stackalloc byte[(int)Aligned(MostCarried)];
        fixed (byte* bytes = packet)
        {
            var part = new Part { Start = bytes, Length = (nuint)packet.Length };
            var message = new Message { Parts = &part, PartCount = 1, Control = control, ControlLength = Aligned(MostCarried) };
            var length = (int)Receive(socket, &message, MessageDoNotWait | MessageCloseOnExec | (keep ? MessagePeek : 0));
            if (length < 0 || message.ControlLength < HeaderSize) return length;
            var count = ((int)*(nuint*)control - HeaderSize) / sizeof(int);
            for (var index = 0; index < count; index++) descriptors.Add(((int*)(control + HeaderSize))[index]);
            return length;
        }
    }

    /// <summary>From now on each packet says who has sent it.</summary>
    public static unsafe bool AskCredentials(int socket)
    {
        var on = 1;
        return SetSocketOption(socket, SocketLevel, PassCredentials, &on, sizeof(int)) == 0;
    }

    /// <summary>Takes a packet, cut to the buffer; -1 when there is none, or it does not say which user has sent it.</summary>
    public static unsafe int ReceiveFrom(int socket, Span<byte> packet, out uint user)
    {
        // Room for the credentials alone: descriptors that somebody sends along are closed by the kernel.
        var control = stackalloc byte[Credentials];
        user = uint.MaxValue;
        fixed (byte* bytes = packet)
        {
            var part = new Part { Start = bytes, Length = (nuint)packet.Length };
            var message = new Message { Parts = &part, PartCount = 1, Control = control, ControlLength = Credentials };
            var length = (int)Receive(socket, &message, MessageDoNotWait | MessageCloseOnExec);
            if (length < 0 || message.ControlLength < Credentials || *(int*)(control + 12) != CarriedCredentials) return -1;
            user = *(uint*)(control + HeaderSize + sizeof(int));
            return length;
        }
    }

    /// <summary>From now on, reading without taking begins at the first packet and goes on with each call.</summary>
    public static unsafe bool RewindPeeking(int socket)
    {
        var offset = 0;
        return SetSocketOption(socket, SocketLevel, PeekOffset, &offset, sizeof(int)) == 0;
    }

    /// <summary>A descriptor of a FIFO that holds it and does nothing else; -1 when there is none.</summary>
    public static int OpenFifo(string path) => OpenPath(path, OpenReadWrite | OpenNonBlocking | OpenCloseOnExec);

    private static nuint Aligned(int descriptors) => (nuint)((HeaderSize + descriptors * sizeof(int) + 7) & ~7);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int OpenPath(string path, int flags);

    [LibraryImport("libc", EntryPoint = "socketpair", SetLastError = true)]
    private static unsafe partial int MakeSocketPair(int family, int type, int protocol, int* ends);

    [LibraryImport("libc", EntryPoint = "sendmsg", SetLastError = true)]
    private static unsafe partial nint Send(int socket, Message* message, int flags);

    [LibraryImport("libc", EntryPoint = "recvmsg", SetLastError = true)]
    private static unsafe partial nint Receive(int socket, Message* message, int flags);

    [LibraryImport("libc", EntryPoint = "setsockopt", SetLastError = true)]
    private static unsafe partial int SetSocketOption(int socket, int level, int option, void* value, uint length);

    /// <summary>struct iovec.</summary>
    private unsafe struct Part
    {
        public byte* Start;
        public nuint Length;
    }

    /// <summary>struct msghdr on 64-bit Linux.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private unsafe struct Message
    {
        public void* Name;
        public uint NameLength;
        public Part* Parts;
        public nuint PartCount;
        public void* Control;
        public nuint ControlLength;
        public int Flags;
    }
}
