namespace Ziggie.Processes.Output;

/// <summary>Finds the newest wanted lines of one segment: backwards in a plain one, forwards in a compressed one.</summary>
internal sealed class SegmentSearch(Segment segment, long length, LineFilter filter)
{
    /// <exception cref="FileNotFoundException">The segment is gone.</exception>
    /// <exception cref="EndOfStreamException">The segment became shorter.</exception>
    public void AddTo(PageBuilder page)
    {
        using var index = LogFile.TryOpenForReading(segment.IndexPath);
        var header = index is null ? null : IndexHeader.Read(index);
        var times = index is not null && header?.Start == segment.Start ? new TimePairs(index) : null;
        if (filter.IsTimed && times is null) return;
        var (from, to) = filter.Bounds(times, header, length);
        if (from >= to) return;
        if (segment.Compressed) AddForwards(page, times, from, to);
        else AddBackwards(page, times, from, to);
    }

    private void AddBackwards(PageBuilder page, TimePairs? times, long from, long to)
    {
        using var file = LogFile.OpenForReading(segment.PlainPath);
        var lines = new BackwardLines(file, to < length ? EndOfLine(file, to) : length);
        while (!page.IsFull && lines.TryTake(out var start, out var line, out var hasLineFeed) && start >= from)
            Add(start, line, hasLineFeed, times, page.Add);
    }

    private void AddForwards(PageBuilder page, TimePairs? times, long from, long to)
    {
        var found = new Queue<LogEntry>();
        using var stream = LogFile.OpenStream(segment, 0);
        var lines = new LineSplitter(0);
        try
        {
            while (lines.Position < to && lines.End < length)
            {
                var room = lines.Room();
                var count = stream.Read(room[..(int)Math.Min(room.Length, length - lines.End)]);
                if (count == 0) break;
                lines.Fill(count);
                while (lines.TryTake(out var start, out var line)) Keep(start, line, hasLineFeed: true);
            }
        }
        catch (InvalidDataException)
        {
            // Damaged: what came before is shown.
        }
        if (lines.TryTakeRest(out var last, out var rest)) Keep(last, rest, hasLineFeed: false);
        foreach (var entry in found.Reverse()) page.Add(entry);

        void Keep(long start, ReadOnlySpan<byte> line, bool hasLineFeed)
        {
            if (start < from || start >= to) return;
            Add(start, line, hasLineFeed, times, found.Enqueue);
            if (found.Count > page.Left) found.Dequeue();
        }
    }

    private void Add(long start, ReadOnlySpan<byte> line, bool hasLineFeed, TimePairs? times, Action<LogEntry> add)
    {
        var micros = times?.TimeAt(start);
        if (!filter.Accepts(micros)) return;
        var text = LogText.Decode(line);
        if (!filter.Accepts(text)) return;
        add(new(segment.Start + start, micros is { } time ? TimePair.TimeOf(time) : null, text)
        {
            End = segment.Start + start + line.Length + (hasLineFeed ? 1 : 0),
            // Only the last segment is still written to; a piece at the end of another one stays as it is.
            IsUnfinished = !hasLineFeed && segment.Next is null,
        });
    }

    /// <summary>Where the line ends that the byte before this offset is in.</summary>
    private long EndOfLine(Microsoft.Win32.SafeHandles.SafeFileHandle file, long offset)
    {
        var block = new byte[64 * 1024];
        for (var at = offset - 1; at < length;)
        {
            var count = LogFile.ReadAt(file, block.AsSpan(0, (int)Math.Min(block.Length, length - at)), at);
            if (count == 0) throw new EndOfStreamException();
            var found = block.AsSpan(0, count).IndexOf((byte)'\n');
            if (found >= 0) return at + found + 1;
            at += count;
        }
        return length;
    }
}
