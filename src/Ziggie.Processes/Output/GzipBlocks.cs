using System.Buffers.Binary;
using System.IO.Compression;
using Microsoft.Win32.SafeHandles;

namespace Ziggie.Processes.Output;

/// <summary>
/// Compressed files that can be read from the middle: one gzip member for each block, as every gzip reads them, and in the extra field of
/// each member's header its length and that of its content (RFC 1952, 2.3.1.1).
/// </summary>
internal static class GzipBlocks
{
    public const int BlockSize = 256 * 1024;

    private const int PlainHeader = 10, HasExtra = 4, ExtraLength = 12, Header = PlainHeader + 2 + ExtraLength;

    /// <summary>Writes one block.</summary>
    public static void Write(ReadOnlySpan<byte> block, Stream target)
    {
        var member = new MemoryStream();
        using (var gzip = new GZipStream(member, CompressionLevel.Fastest, leaveOpen: true)) gzip.Write(block);
        var bytes = member.GetBuffer().AsSpan(0, (int)member.Length);
        Span<byte> header = stackalloc byte[Header];
        bytes[..PlainHeader].CopyTo(header);
        header[3] |= HasExtra;
        BinaryPrimitives.WriteUInt16LittleEndian(header[PlainHeader..], ExtraLength);
        "ZG"u8.CopyTo(header[(PlainHeader + 2)..]);
        BinaryPrimitives.WriteUInt16LittleEndian(header[(PlainHeader + 4)..], ExtraLength - 4);
        BinaryPrimitives.WriteInt32LittleEndian(header[(PlainHeader + 6)..], bytes.Length + Header - PlainHeader);
        BinaryPrimitives.WriteInt32LittleEndian(header[(PlainHeader + 10)..], block.Length);
        target.Write(header);
        target.Write(bytes[PlainHeader..]);
    }

    /// <summary>The blocks of a file, in their order; none when it was compressed in one piece.</summary>
    public static IReadOnlyList<GzipBlock> Of(SafeFileHandle file)
    {
        List<GzipBlock> blocks = [];
        Span<byte> header = stackalloc byte[Header];
        for (long at = 0, offset = 0; LogFile.ReadAt(file, header, at) == Header && IsBlock(header);)
        {
            var block = new GzipBlock(at, BinaryPrimitives.ReadInt32LittleEndian(header[16..]), offset, BinaryPrimitives.ReadInt32LittleEndian(header[20..]));
            if (block is not { FileLength: > Header, Length: >= 0 and <= BlockSize }) break;
            blocks.Add(block);
            at += block.FileLength;
            offset += block.Length;
        }
        return blocks;
    }

    /// <summary>The content of a block.</summary>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public static byte[] Read(SafeFileHandle file, GzipBlock block)
    {
        var bytes = new byte[block.FileLength];
        var content = new byte[block.Length];
        if (LogFile.ReadAt(file, bytes, block.FileOffset) < bytes.Length) throw new InvalidDataException();
        using var gzip = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress);
        if (gzip.ReadAtLeast(content, content.Length, throwOnEndOfStream: false) < content.Length) throw new InvalidDataException();
        return content;
    }

    private static bool IsBlock(ReadOnlySpan<byte> header) => header[0] == 0x1f && header[1] == 0x8b && (header[3] & HasExtra) != 0
        && BinaryPrimitives.ReadUInt16LittleEndian(header[PlainHeader..]) == ExtraLength && header[(PlainHeader + 2)..].StartsWith("ZG"u8);
}
