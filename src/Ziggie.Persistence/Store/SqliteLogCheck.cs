using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Ziggie.Processes;

namespace Ziggie.Persistence.Store;

/// <summary>
/// Looks at the write-ahead log that a killed daemon left, before SQLite does: that takes a log which somebody overwrote or cut for what a
/// loss of power leaves, goes on with what it can read, and writes over the rest. How much there must be stands in the index beside it.
/// https://www.sqlite.org/walformat.html
/// </summary>
internal static class SqliteLogCheck
{
    private const int HeaderLength = 32;
    private const int FrameHeaderLength = 24;
    private const uint Magic = 0x377F0682; // the lowest bit says that checksums are of big-endian words
    private const int IndexLength = 100;

    /// <returns>What is wrong with the log of a database; null when nothing is known to be.</returns>
    public static string? Find(string file)
    {
        var log = file + "-wal";
        using var handle = File.Exists(log) ? File.OpenHandle(log, share: FileShare.ReadWrite | FileShare.Delete) : null;
        Span<byte> header = stackalloc byte[HeaderLength];
        var length = handle is null ? 0 : RandomAccess.GetLength(handle);
        if (handle is null || RandomAccess.Read(handle, header, 0) < HeaderLength) header.Clear();
        var isHeader = IsHeader(header);
        if (!isHeader && header.ContainsAnyExcept((byte)0)) return $"its log {log} was overwritten";

        // A machine that lost its power may have kept the index and not the log: that is no damage, and SQLite is right about it.
        if (!File.Exists(file + "-shm") || (File.Exists(log) && IsOfAnEarlierBoot(log))) return null;
        if (Index.Read(file + "-shm") is not { Frames: > 0 } index || index.Applied >= index.Frames) return null;
        if (isHeader && !header[16..24].SequenceEqual(index.Salt)) return null; // begun anew, with nothing in it yet
        var sound = isHeader ? SoundFrames(handle!, length, header, index.Frames) : 0;
        return sound >= index.Frames ? null : $"its log {log} was cut or overwritten: {sound} of {index.Frames} changed pages are left";
    }

    private static bool IsHeader(ReadOnlySpan<byte> header)
    {
        var magic = BinaryPrimitives.ReadUInt32BigEndian(header);
        if ((magic & ~1u) != Magic) return false;
        var sum = Checksum(header[..24], (0, 0), isBig: (magic & 1) != 0);
        return sum == (BinaryPrimitives.ReadUInt32BigEndian(header[24..]), BinaryPrimitives.ReadUInt32BigEndian(header[28..]));
    }

    /// <summary>Counts the frames whose checksums are right, each of which takes in all those before it.</summary>
    private static long SoundFrames(Microsoft.Win32.SafeHandles.SafeFileHandle log, long length, ReadOnlySpan<byte> header, long most)
    {
        var isBig = (header[3] & 1) != 0;
        var frame = new byte[FrameHeaderLength + BinaryPrimitives.ReadInt32BigEndian(header[8..])];
        var sum = (BinaryPrimitives.ReadUInt32BigEndian(header[24..]), BinaryPrimitives.ReadUInt32BigEndian(header[28..]));
        for (long count = 0; ; count++)
        {
            var at = HeaderLength + count * frame.Length;
            if (count == most || at + frame.Length > length || RandomAccess.Read(log, frame, at) < frame.Length) return count;
            sum = Checksum(frame.AsSpan(FrameHeaderLength), Checksum(frame.AsSpan(0, 8), sum, isBig), isBig);
            var stored = (BinaryPrimitives.ReadUInt32BigEndian(frame.AsSpan(16)), BinaryPrimitives.ReadUInt32BigEndian(frame.AsSpan(20)));
            if (sum != stored || !frame.AsSpan(8, 8).SequenceEqual(header[16..24])) return count;
        }
    }

    private static (uint, uint) Checksum(ReadOnlySpan<byte> bytes, (uint First, uint Second) sum, bool isBig)
    {
        var (first, second) = sum;
        for (var i = 0; i < bytes.Length; i += 8)
        {
            first += Word(bytes[i..]) + second;
            second += Word(bytes[(i + 4)..]) + first;
        }
        return (first, second);

        uint Word(ReadOnlySpan<byte> at) => isBig ? BinaryPrimitives.ReadUInt32BigEndian(at) : BinaryPrimitives.ReadUInt32LittleEndian(at);
    }

    private static bool IsOfAnEarlierBoot(string log) => File.GetLastWriteTimeUtc(log) < DateTime.UtcNow - MachineClock.SinceBoot;

    /// <summary>What the shared-memory file says of the log, in the machine's own byte order.</summary>
    private sealed record Index(long Frames, long Applied, byte[] Salt)
    {
        /// <summary>Null when it is not whole.</summary>
        public static Index? Read(string file)
        {
            using var handle = File.OpenHandle(file, share: FileShare.ReadWrite | FileShare.Delete);
            var bytes = new byte[IndexLength];
            // Two copies of the header: they differ when the daemon was killed between writing the one and the other.
            if (RandomAccess.Read(handle, bytes, 0) < IndexLength || !bytes.AsSpan(0, 48).SequenceEqual(bytes.AsSpan(48, 48))) return null;
            var isReady = bytes[12] != 0;
            return isReady ? new Index(Number(bytes, 16), Number(bytes, 96), bytes[32..40]) : null;
        }

        private static long Number(ReadOnlySpan<byte> bytes, int at) => MemoryMarshal.Read<uint>(bytes[at..]);
    }
}
