using Microsoft.Win32.SafeHandles;

namespace Ziggie.Processes.Output;

/// <summary>The lines of a file from an end backwards, read by blocks; a long line makes the block grow.</summary>
/// <param name="readAt">Fills the buffer from an offset on, as far as there is something.</param>
/// <param name="end">The end of a line, or of the file.</param>
internal sealed class BackwardLines(BackwardLines.ReadAt readAt, long end)
{
    private const int FirstBlock = 64 * 1024;

    private byte[] _block = new byte[FirstBlock];
    private long _blockStart = end;
    private int _blockLength;
    private long _end = end;

    public BackwardLines(SafeFileHandle file, long end) : this((buffer, offset) => LogFile.ReadAt(file, buffer, offset), end) { }

    public delegate int ReadAt(Span<byte> buffer, long offset);

    /// <summary>The line before the last one taken, without its line feed; false at the beginning of the file.</summary>
    /// <exception cref="EndOfStreamException">The file was cut meanwhile.</exception>
    public bool TryTake(out long start, out ReadOnlySpan<byte> line, out bool hasLineFeed)
    {
        start = 0;
        line = default;
        hasLineFeed = false;
        if (_end == 0) return false;
        if (_end == _blockStart) Load(0);
        // Only the very last line of a file can be without a line feed.
        hasLineFeed = _block[_end - 1 - _blockStart] == '\n';
        for (var searched = 0; ;)
        {
            var length = (int)(_end - _blockStart) - (hasLineFeed ? 1 : 0);
            var found = _block.AsSpan(0, length - searched).LastIndexOf((byte)'\n');
            if (found < 0 && _blockStart > 0)
            {
                searched = length;
                Load(length + (hasLineFeed ? 1 : 0));
                continue;
            }
            start = _blockStart + found + 1;
            line = _block.AsSpan(found + 1, length - found - 1);
            _end = start;
            return true;
        }
    }

    /// <summary>Puts what lies before the block into it, and keeps that many of its first bytes behind that.</summary>
    private void Load(int keep)
    {
        var more = (int)Math.Min(_blockStart, Math.Max(FirstBlock, keep));
        _blockLength = more + keep;
        var block = _blockLength <= _block.Length ? _block : new byte[_blockLength];
        _block.AsSpan(0, keep).CopyTo(block.AsSpan(more));
        _blockStart -= more;
        if (readAt(block.AsSpan(0, more), _blockStart) < more) throw new EndOfStreamException();
        _block = block;
    }
}
