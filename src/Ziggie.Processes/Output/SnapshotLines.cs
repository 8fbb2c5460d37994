using System.Buffers;

namespace Ziggie.Processes.Output;

/// <summary>The lines of a snapshot that a filter's times want, from the oldest on.</summary>
internal sealed class SnapshotLines(LogSnapshot snapshot, LineFilter filter)
{
    private readonly ArrayBufferWriter<byte> _line = new();
    private int _next;
    private LogSnapshot.Part? _part;
    private LineSplitter _lines = new(0);
    private long _from;
    private long _to;

    /// <summary>The line without its line feed, until the next one is taken.</summary>
    public ReadOnlyMemory<byte> Line => _line.WrittenMemory;

    /// <summary>When its first byte was taken in; for a line without a time that of the line before.</summary>
    public long Micros { get; private set; } = long.MinValue;

    /// <summary>False when there is none left.</summary>
    public bool TryTake()
    {
        while (_part is not null || OpenNext())
        {
            if (TryTakeInPart()) return true;
            _part = null;
        }
        return false;
    }

    private bool OpenNext()
    {
        if (_next == snapshot.Parts.Count) return false;
        _part = snapshot.Parts[_next++];
        (_from, _to) = filter.Bounds(_part.Times, _part.Header, _part.Length);
        // Times are noted at any byte: what is left of a line that began before is passed over.
        var start = Math.Max(0, _from - 1);
        if (start > 0) _part.Skip(start);
        _lines = new(start);
        return true;
    }

    private bool TryTakeInPart()
    {
        while (_lines.Position < _to)
        {
            if (_lines.TryTake(out var start, out var line))
            {
                if (Keep(start, line)) return true;
                continue;
            }
            var count = _part!.Read(_lines.Room());
            _lines.Fill(count);
            if (count == 0) return _lines.TryTakeRest(out start, out line) && Keep(start, line);
        }
        return false;
    }

    private bool Keep(long start, ReadOnlySpan<byte> line)
    {
        if (start < _from || start >= _to) return false;
        var micros = _part!.Times?.TimeAt(start);
        if (!filter.Accepts(micros)) return false;
        Micros = micros ?? Micros;
        _line.ResetWrittenCount();
        _line.Write(line);
        return true;
    }
}
