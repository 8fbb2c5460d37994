using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;

namespace Ziggie.Processes.Output;

/// <summary>The first 64 bytes of an index: magic, start, flags, length and lines, eight bytes each.</summary>
/// <param name="Start">Position of the segment's first byte in the log.</param>
/// <param name="ClockWentBack">Whether a time is earlier than the one before it, so that times cannot be searched by halves.</param>
/// <param name="Length">Length of the closed segment, uncompressed; -1 while it is open.</param>
/// <param name="Lines">Lines in the closed segment, an unfinished last one included; -1 while nobody has counted.</param>
internal readonly record struct IndexHeader(long Start, bool ClockWentBack, long Length, long Lines)
{
    public const int Size = 64;

    private static ReadOnlySpan<byte> Magic => "ZGLOGIX1"u8;

    public static IndexHeader New(long start) => new(start, false, -1, -1);

    /// <summary>Null when the file is no index or too short.</summary>
    public static IndexHeader? Read(SafeFileHandle file)
    {
        Span<byte> bytes = stackalloc byte[Size];
        if (LogFile.ReadAt(file, bytes, 0) < Size || !bytes.StartsWith(Magic)) return null;
        return new(Field(bytes, 1), (Field(bytes, 2) & 1) != 0, Field(bytes, 3), Field(bytes, 4));

        static long Field(ReadOnlySpan<byte> bytes, int number) => BinaryPrimitives.ReadInt64LittleEndian(bytes[(number * 8)..]);
    }

    /// <summary>The header of the index at a path; null when there is none.</summary>
    public static IndexHeader? Read(string path)
    {
        using var file = LogFile.TryOpenForReading(path);
        return file is null ? null : Read(file);
    }

    public void Write(SafeFileHandle file)
    {
        Span<byte> bytes = stackalloc byte[Size];
        bytes.Clear();
        Magic.CopyTo(bytes);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[8..], Start);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[16..], ClockWentBack ? 1 : 0);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[24..], Length);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[32..], Lines);
        RandomAccess.Write(file, bytes, 0);
    }

    /// <summary>Changes the header of a closed segment's index, which nobody else writes any more; makes one that is missing.</summary>
    public static void Update(string path, long start, Func<IndexHeader, IndexHeader> change)
    {
        using var file = LogFile.Open(path);
        var header = Read(file) is { } found && found.Start == start ? found : New(start);
        change(header).Write(file);
    }
}
