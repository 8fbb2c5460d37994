using Microsoft.Win32.SafeHandles;

namespace Ziggie.Processes.Output;

/// <summary>Reads a segment at any offset, whether it is compressed or not.</summary>
internal sealed class SegmentBytes : IDisposable
{
    private readonly Segment _segment;
    private readonly SafeFileHandle _file;
    private readonly IReadOnlyList<GzipBlock> _blocks;
    private int _number = -1;
    private byte[] _content = [];
    private Stream? _stream;
    private long _at;

    /// <exception cref="FileNotFoundException">The segment is gone.</exception>
    public SegmentBytes(Segment segment)
    {
        _segment = segment;
        _file = LogFile.OpenForReading(segment.FilePath);
        _blocks = segment.Compressed ? GzipBlocks.Of(_file) : [];
    }

    /// <summary>Fills the buffer as far as the segment goes, or is not damaged.</summary>
    public int ReadAt(Span<byte> buffer, long offset)
    {
        if (!_segment.Compressed) return LogFile.ReadAt(_file, buffer, offset);
        try
        {
            return _blocks.Count > 0 ? ReadBlocks(buffer, offset) : ReadWhole(buffer, offset);
        }
        catch (InvalidDataException)
        {
            return 0;
        }
    }

    public void Dispose()
    {
        _stream?.Dispose();
        _file.Dispose();
    }

    private int ReadBlocks(Span<byte> buffer, long offset)
    {
        var total = 0;
        while (total < buffer.Length && Load(offset + total))
        {
            var content = _content.AsSpan((int)(offset + total - _blocks[_number].Offset));
            var count = Math.Min(content.Length, buffer.Length - total);
            content[..count].CopyTo(buffer[total..]);
            total += count;
        }
        return total;
    }

    private bool Load(long offset)
    {
        if (Holds(_number, offset)) return true;
        // All blocks but the last are of one size.
        var number = (int)(offset / GzipBlocks.BlockSize);
        if (!Holds(number, offset)) return false;
        _content = GzipBlocks.Read(_file, _blocks[number]);
        _number = number;
        return true;
    }

    private bool Holds(int number, long offset) =>
        number >= 0 && number < _blocks.Count && _blocks[number].Offset <= offset && offset < _blocks[number].Offset + _blocks[number].Length;

    /// <summary>What an earlier version compressed in one piece is read from its beginning on.</summary>
    private int ReadWhole(Span<byte> buffer, long offset)
    {
        if (_stream is null || offset < _at)
        {
            _stream?.Dispose();
            _stream = LogFile.OpenStream(_segment, offset);
        }
        else
        {
            LogFile.Skip(_stream, offset - _at);
        }
        var count = _stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        _at = offset + count;
        return count;
    }
}
