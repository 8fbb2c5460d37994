using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;

namespace Ziggie.Processes.Output;

/// <summary>Reads the pairs of an index file, by blocks, so that a long one is never wholly in memory.</summary>
internal sealed class TimePairs(SafeFileHandle file)
{
    private const int PairsPerBlock = 256;

    private readonly byte[] _block = new byte[PairsPerBlock * TimeIndex.PairSize];
    private long _blockNumber = -1;
    private int _blockLength;
    private long _last;

    public long Count { get; } = Math.Max(0, RandomAccess.GetLength(file) - IndexHeader.Size) / TimeIndex.PairSize;

    public TimePair this[long index]
    {
        get
        {
            var number = index / PairsPerBlock;
            if (number != _blockNumber)
            {
                _blockLength = LogFile.ReadAt(file, _block, IndexHeader.Size + number * _block.Length);
                _blockNumber = number;
            }
            var at = (int)(index % PairsPerBlock) * TimeIndex.PairSize;
            // Cut off meanwhile: behind everything, so that no search stops there.
            if (at + TimeIndex.PairSize > _blockLength) return new(long.MaxValue, long.MaxValue);
            var pair = _block.AsSpan(at);
            return new(BinaryPrimitives.ReadInt64LittleEndian(pair), BinaryPrimitives.ReadInt64LittleEndian(pair[8..]));
        }
    }

    /// <summary>Number of the first pair at this offset or behind it.</summary>
    public long FirstFrom(long offset) => First(pair => pair.Offset >= offset);

    /// <summary>Number of the first pair that holds; those before it must not, and those after it must.</summary>
    public long First(Func<TimePair, bool> holds)
    {
        long low = 0, high = Count;
        while (low < high)
        {
            var middle = low + (high - low) / 2;
            if (holds(this[middle])) high = middle;
            else low = middle + 1;
        }
        return low;
    }

    /// <summary>When the byte at this offset was taken in; null when that was not written down.</summary>
    public long? TimeAt(long offset)
    {
        // Lines are asked for one after the other, so the answer is mostly the last one or beside it.
        for (var i = _last; i >= 0 && i > _last - 4 && i < Count; i--)
        {
            if (this[i].Offset > offset) continue;
            if (i + 1 < Count && this[i + 1].Offset <= offset) break;
            _last = i;
            return this[i].Micros;
        }
        _last = FirstFrom(offset + 1) - 1;
        return _last >= 0 ? this[_last].Micros : null;
    }
}
