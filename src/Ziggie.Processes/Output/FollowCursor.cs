namespace Ziggie.Processes.Output;

/// <summary>
/// Reads a log onwards, at its reader's own pace, through rotations. It takes finished lines; only where a segment ends without a line feed
/// (a line that was split, a file that was deleted) the piece is a line of its own.
/// </summary>
internal sealed class FollowCursor(LogFolder folder, long position) : IDisposable
{
    private LineSplitter _lines = new(position);
    private Segment? _segment;
    private Stream? _stream;
    private Microsoft.Win32.SafeHandles.SafeFileHandle? _index;
    private TimePairs? _times;
    private int _version = -1;

    /// <summary>Adds some lines; false when there is nothing to read now.</summary>
    public bool Read(List<LogEntry> entries)
    {
        try
        {
            if (_segment is null && !Open(_lines.Position)) return false;
            if (ReadSegment(entries)) return true;
            if (!Renew()) return false;
            if (_segment!.Next is not { } next) return true;
            // The segment is closed; the file was read to its end before that was known, so look once more.
            if (ReadSegment(entries)) return true;
            if (_lines.Position < next && _lines.TryTakeRest(out var start, out var line)) Add(entries, start, line);
            Open(Math.Max(_lines.Position, next));
            return true;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            // Rotated, compressed or deleted meanwhile: the folder is read again.
            Close();
            return !folder.IsRemoved;
        }
    }

    public void Dispose() => Close();

    private bool ReadSegment(List<LogEntry> entries)
    {
        var left = (_segment!.Next ?? long.MaxValue) - _lines.End;
        if (left <= 0) return false;
        var room = _lines.Room();
        int count;
        try
        {
            count = _stream!.Read(left < room.Length ? room[..(int)left] : room);
        }
        catch (InvalidDataException)
        {
            return false;
        }
        _lines.Fill(count);
        while (_lines.TryTake(out var start, out var line)) Add(entries, start, line);
        return count > 0;
    }

    /// <summary>Whether the segments have changed since the last look; learns whether this one is closed.</summary>
    private bool Renew()
    {
        if (_version == folder.Version) return _segment!.Next is not null;
        _version = folder.Version;
        var next = folder.List().FirstOrDefault(segment => segment.Start > _segment!.Start);
        _segment = _segment! with { Next = next?.Start };
        return true;
    }

    /// <summary>Goes on at a position, or at the next byte that is kept.</summary>
    private bool Open(long at)
    {
        Close();
        _version = folder.Version;
        var segments = folder.List();
        if (segments.Count == 0) return false;
        var segment = segments.LastOrDefault(s => s.Start <= at) ?? segments[0];
        // Between two segments something is missing, where a file was cut or deleted.
        if (segment.Next is not null && segment.Start + folder.Sizes.Of(segment).Length <= at) segment = segments.First(s => s.Start > segment.Start);
        var offset = Math.Max(0, at - segment.Start);
        if (segment.Next is null) offset = Math.Min(offset, new FileInfo(segment.FilePath).Length);
        _stream = LogFile.OpenStream(segment, offset);
        _lines = new(segment.Start + offset);
        _segment = segment;
        return true;
    }

    private void Add(List<LogEntry> entries, long start, ReadOnlySpan<byte> line)
    {
        entries.Add(new(start, TimeAt(start - _segment!.Start), LogText.Decode(line)) { End = _lines.Position });
    }

    private DateTimeOffset? TimeAt(long offset)
    {
        if (_index is null)
        {
            _index = LogFile.TryOpenForReading(_segment!.IndexPath);
            if (_index is null || IndexHeader.Read(_index)?.Start != _segment.Start) return null;
        }
        // The pairs grow with the log.
        if (_times is null || _segment!.Next is null) _times = new TimePairs(_index);
        return _times.TimeAt(offset) is { } micros ? TimePair.TimeOf(micros) : null;
    }

    private void Close()
    {
        _stream?.Dispose();
        _index?.Dispose();
        (_segment, _stream, _index, _times) = (null, null, null, null);
    }
}
