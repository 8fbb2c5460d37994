namespace Ziggie.Processes.Output;

/// <summary>
/// Reads lines from a position on, from the files as they are at the moment. What it costs depends on what is looked at and not on the
/// size of the log, also in compressed segments.
/// </summary>
internal sealed class LogSlicer
{
    private const int Tries = 10;

    private readonly LogFolder _folder;
    private readonly LogSliceQuery _query;
    private readonly LineFilter _filter;
    private readonly List<LogEntry> _entries = [];
    private long _text;
    private long _looked;
    private long _next;
    private long? _unfinished;

    private LogSlicer(LogFolder folder, LogSliceQuery query)
    {
        (_folder, _query) = (folder, query);
        _filter = new LineFilter(new LogQuery { Since = query.Since, Until = query.Until });
    }

    private bool IsFull => _entries.Count >= _query.Lines || _text >= _query.MostText || _looked >= _query.MostBytes;

    /// <exception cref="ArgumentException">The regular expression takes too long.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static LogSlice Read(LogFolder folder, LogSliceQuery query)
    {
        for (var left = Tries; ; left--)
        {
            try
            {
                return new LogSlicer(folder, query).Read();
            }
            catch (Exception e) when (left > 1 && e is FileNotFoundException or DirectoryNotFoundException or EndOfStreamException)
            {
                // A segment was rotated, compressed or deleted under our eyes.
            }
        }
    }

    /// <summary>Position after the last byte; 0 when there is no log.</summary>
    public static long EndOf(LogFolder folder)
    {
        for (var left = Tries; ; left--)
        {
            try
            {
                return folder.List() is [.., var last] ? last.Start + LengthOf(folder, last) : 0;
            }
            catch (Exception e) when (left > 1 && e is FileNotFoundException or DirectoryNotFoundException)
            {
                // Rotated or deleted meanwhile.
            }
        }
    }

    private LogSlice Read()
    {
        var segments = _folder.List();
        if (segments.Count == 0) return new([], 0, IsOver: true, 0, 0, 0, 0);
        var start = segments[0].Start;
        var end = segments[^1].Start + LengthOf(_folder, segments[^1]);
        if (_query.IsBackwards) Backwards(segments, start, end);
        else Forwards(segments, start, end);
        return new(_entries, _next, !IsFull, start, end, _unfinished ?? end, _looked);
    }

    private void Backwards(IReadOnlyList<Segment> segments, long start, long end)
    {
        var from = Math.Min(_query.From ?? end, end);
        _next = from;
        foreach (var segment in segments.Reverse())
        {
            if (IsFull || _next <= _query.Floor) break;
            if (segment.Start >= from) continue;
            using var part = new SegmentPart(segment, LengthOf(_folder, segment));
            var (low, high) = part.Bounds(_filter);
            low = Math.Max(low, _query.Floor - segment.Start);
            var to = Math.Min(Math.Min(high, from - segment.Start), part.Length);
            if (low >= to || TakeBackwards(segment, part, low, part.LineFrom(to))) _next = Math.Max(segment.Start, _query.Floor);
        }
        _entries.Reverse();
        if (!IsFull) _next = Math.Max(start, _query.Floor);
    }

    /// <summary>Whether there is nothing more in this segment.</summary>
    private bool TakeBackwards(Segment segment, SegmentPart part, long low, long to)
    {
        var lines = new BackwardLines(part.ReadAt, to);
        try
        {
            while (!IsFull)
            {
                if (!lines.TryTake(out var start, out var line, out var hasLineFeed) || start < low) return true;
                if (!hasLineFeed && segment.Next is null) _unfinished = segment.Start + start;
                _next = segment.Start + start;
                Add(part.Entry(start, line, hasLineFeed, _query, _filter), line.Length);
            }
        }
        catch (EndOfStreamException) when (segment.Compressed)
        {
            // Damaged: what is before it cannot be found from its end.
            return true;
        }
        return false;
    }

    private void Forwards(IReadOnlyList<Segment> segments, long start, long end)
    {
        var from = Math.Max(_query.From ?? start, start);
        _next = Math.Min(from, end);
        foreach (var segment in segments)
        {
            if (IsFull) break;
            var length = LengthOf(_folder, segment);
            if (segment.Start + length <= from) continue;
            using var part = new SegmentPart(segment, length);
            var (low, high) = part.Bounds(_filter);
            low = Math.Max(low, from - segment.Start);
            if (low >= high || TakeForwards(segment, part, part.LineFrom(low), high)) _next = _unfinished ?? segment.Start + length;
        }
    }

    /// <summary>Whether there is nothing more in this segment.</summary>
    private bool TakeForwards(Segment segment, SegmentPart part, long from, long to)
    {
        var lines = new LineSplitter(from);
        while (!IsFull)
        {
            if (lines.TryTake(out var start, out var line))
            {
                if (start >= to) return true;
                _next = segment.Start + lines.Position;
                Add(part.Entry(start, line, hasLineFeed: true, _query, _filter), line.Length);
                continue;
            }
            var count = part.ReadAt(lines.Room(), lines.End);
            lines.Fill(count);
            if (count > 0) continue;
            if (!lines.TryTakeRest(out start, out line) || start >= to) return true;
            if (segment.Next is null) _unfinished = segment.Start + start;
            Add(part.Entry(start, line, hasLineFeed: false, _query, _filter), line.Length);
            return true;
        }
        return false;
    }

    private void Add(LogEntry? entry, int length)
    {
        _looked += length + 1;
        if (entry is not { } wanted) return;
        _entries.Add(wanted);
        _text += wanted.Text.Length;
    }

    // Without counting lines, which would read all that is new.
    private static long LengthOf(LogFolder folder, Segment segment) =>
        segment.Compressed ? folder.Sizes.Of(segment).Length : segment.Clip(new FileInfo(segment.PlainPath).Length);
}
