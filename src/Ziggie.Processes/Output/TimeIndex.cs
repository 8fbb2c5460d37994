using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;

namespace Ziggie.Processes.Output;

/// <summary>
/// Writes the times of a segment: after a header, pairs of (offset in the segment, Unix time in µs), eight bytes each, little-endian. The
/// bytes from an offset on were taken in at its time or up to <see cref="Resolution"/> later. A pair is written before its bytes are, so a
/// daemon that dies in between leaves no byte without a time. A time that cannot be written is none of the log's.
/// </summary>
internal sealed class TimeIndex : IDisposable
{
    public const int PairSize = 16;

    public static readonly TimeSpan Resolution = TimeSpan.FromMilliseconds(5);

    private readonly SafeFileHandle _file;
    private readonly byte[] _pair = new byte[PairSize];
    private IndexHeader _header;
    private long _count;
    private long _lastOffset = -1;
    private long _lastTime;

    private TimeIndex(SafeFileHandle file, IndexHeader header)
    {
        _file = file;
        _header = header;
    }

    /// <summary>Begins the index of a new segment; whatever had its name is gone.</summary>
    public static TimeIndex Create(string path, long start, IReadOnlyList<TimePair> pairs)
    {
        var file = LogFile.Open(path, empty: true);
        var index = new TimeIndex(file, IndexHeader.New(start));
        index._header.Write(file);
        foreach (var pair in pairs) index.Append(pair);
        return index;
    }

    /// <summary>
    /// Opens the index of a segment for more. A foreign or damaged one is begun anew (its bytes then have no time), a torn pair is cut off,
    /// and so are pairs behind the end of the segment.
    /// </summary>
    public static TimeIndex Repair(string path, long start, long length)
    {
        var file = LogFile.Open(path);
        if (IndexHeader.Read(file) is not { } header || header.Start != start)
        {
            file.Dispose();
            return Create(path, start, []);
        }
        // Nothing is known to be closed or counted about a segment that goes on.
        var index = new TimeIndex(file, header with { Length = -1, Lines = -1 });
        index._header.Write(file);
        var pairs = new TimePairs(file);
        index._count = pairs.FirstFrom(length);
        if (index._count > 0) (index._lastOffset, index._lastTime) = pairs[index._count - 1];
        RandomAccess.SetLength(file, IndexHeader.Size + index._count * PairSize);
        return index;
    }

    /// <summary>Bytes from this offset on are taken in at this time.</summary>
    public void Note(long offset, long micros)
    {
        if (_count > 0 && Math.Abs(micros - _lastTime) < Resolution.TotalMicroseconds) return;
        // A second time for the same offset means that no byte came after the first.
        if (_count > 0 && _lastOffset == offset) _count--;
        Append(new(offset, micros));
    }

    /// <summary>The times of what lies behind an offset, as the next segment will count.</summary>
    public IReadOnlyList<TimePair> After(long offset)
    {
        var pairs = new TimePairs(_file);
        var first = pairs.FirstFrom(offset + 1);
        List<TimePair> after = [];
        if (first > 0) after.Add(pairs[first - 1] with { Offset = 0 });
        for (var i = first; i < _count; i++) after.Add(pairs[i] with { Offset = pairs[i].Offset - offset });
        return after;
    }

    /// <summary>Writes down that the segment ends here.</summary>
    public void Close(long length)
    {
        try
        {
            RandomAccess.SetLength(_file, IndexHeader.Size + new TimePairs(_file).FirstFrom(length) * PairSize);
            _header = _header with { Length = length };
            _header.Write(_file);
        }
        catch (IOException) { }
        Dispose();
    }

    public void Dispose() => _file.Dispose();

    private void Append(TimePair pair)
    {
        try
        {
            if (_count > 0 && pair.Micros < _lastTime && !_header.ClockWentBack)
            {
                _header = _header with { ClockWentBack = true };
                _header.Write(_file);
            }
            BinaryPrimitives.WriteInt64LittleEndian(_pair, pair.Offset);
            BinaryPrimitives.WriteInt64LittleEndian(_pair.AsSpan(8), pair.Micros);
            RandomAccess.Write(_file, _pair, IndexHeader.Size + _count * PairSize);
            _count++;
            (_lastOffset, _lastTime) = pair;
        }
        catch (IOException) { }
    }
}
