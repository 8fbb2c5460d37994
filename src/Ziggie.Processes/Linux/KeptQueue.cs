using System.Runtime.Versioning;
using System.Text;

namespace Ziggie.Processes.Linux;

/// <summary>
/// Descriptors on their way: both ends are open in the keeper, so what was put in is held from that moment on, whatever becomes of this
/// process. That takes microseconds; a new keeper, which holds the run itself, takes milliseconds and comes later.
/// </summary>
[SupportedOSPlatform("linux")]
internal sealed class KeptQueue : IDisposable
{
    private const int LongestPacket = 512;

    private readonly int _sender;
    private readonly int _receiver;
    private int _count;
    private int _isDisposed;

    private KeptQueue(int sender, int receiver) => (_sender, _receiver) = (sender, receiver);

    public IReadOnlyList<int> Ends => [_sender, _receiver];

    /// <summary>Packets that were put in and not taken out.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Null without room for descriptors.</summary>
    public static KeptQueue? Create() => Native.SocketPair(out var sender, out var receiver) ? new KeptQueue(sender, receiver) : null;

    /// <summary>Holds a run and the FIFOs that it writes to. When the queue is full the next keeper has to do.</summary>
    public void Put(KeptRun run, ReadOnlySpan<string?> fifos)
    {
        List<int> outputs = [];
        foreach (var fifo in fifos)
        {
            if (fifo is not null && Native.OpenFifo(fifo) is >= 0 and var output) outputs.Add(output);
        }
        run.Pidfd.Use(pidfd =>
        {
            if (Native.SendDescriptors(_sender, Encoding.UTF8.GetBytes(run.Describe()), [pidfd, .. outputs])) Interlocked.Increment(ref _count);
            return true;
        }, closed: false);
        outputs.ForEach(output => Native.Close(output));
    }

    /// <summary>Takes out so many packets: a new keeper holds them by itself.</summary>
    public void Drop(int count)
    {
        for (; count > 0; count--)
        {
            if (Next(_receiver, keep: false) is not var (_, descriptors)) return;
            Interlocked.Decrement(ref _count);
            descriptors.ForEach(descriptor => Native.Close(descriptor));
        }
    }

    /// <summary>What is in the queue of another process, which goes on holding it.</summary>
    public static List<KeptRun> Look(int receiver)
    {
        List<KeptRun> found = [];
        if (!Native.RewindPeeking(receiver)) return found;
        while (Next(receiver, keep: true) is var (text, descriptors))
        {
            if (descriptors.Count > 0 && KeptRun.Read(text, SafePidfd.Own(descriptors[0])) is { } run) found.Add(run);
            foreach (var output in descriptors.Skip(1)) Native.Close(output);
        }
        return found;
    }

    public void Dispose()
    {
        // A number that is closed twice is somebody else's by then.
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0) return;
        Native.Close(_sender);
        Native.Close(_receiver);
    }

    private static (string Text, List<int> Descriptors)? Next(int receiver, bool keep)
    {
        Span<byte> packet = stackalloc byte[LongestPacket];
        List<int> descriptors = [];
        var length = Native.ReceiveDescriptors(receiver, packet, keep, descriptors);
        return length <= 0 ? null : (Encoding.UTF8.GetString(packet[..length]), descriptors);
    }
}
