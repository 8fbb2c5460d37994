namespace Ziggie.Processes.Output;

/// <summary>
/// How long the segments are and how many lines they hold. Each byte is counted once: a growing segment goes on from where the last count
/// ended, and the count of a closed one is kept in the header of its index.
/// </summary>
internal sealed class SegmentSizes
{
    private readonly Lock _lock = new();
    private readonly Dictionary<long, Count> _counts = [];
    private byte[]? _buffer;

    /// <exception cref="IOException">The file is gone or cannot be read; <see cref="FileNotFoundException"/> when it is gone.</exception>
    public SegmentSize Of(Segment segment)
    {
        lock (_lock)
        {
            return segment.Compressed ? OfCompressed(segment) : OfPlain(segment);
        }
    }

    /// <summary>Forgets the segments before this one: they are deleted.</summary>
    public void ForgetBefore(long start)
    {
        lock (_lock)
        {
            foreach (var gone in _counts.Keys.Where(known => known < start).ToList()) _counts.Remove(gone);
        }
    }

    private SegmentSize OfPlain(Segment segment)
    {
        var length = segment.Clip(new FileInfo(segment.PlainPath).Length);
        var known = _counts.GetValueOrDefault(segment.Start);
        if (known.Length == 0 && segment.Next is not null && IndexHeader.Read(segment.IndexPath) is { Lines: >= 0 } header
            && header.Start == segment.Start && header.Length == length)
        {
            // Whether the last line is finished is in the count already.
            _counts[segment.Start] = known = new(length, header.Lines, Unfinished: false);
        }
        if (known.Length == length) return known.Size;
        // Shorter than before: its unfinished end has moved into the next segment, or somebody has cut it.
        if (known.Length > length) known = default;
        using var stream = LogFile.OpenStream(segment, known.Length);
        var count = Continue(known, stream, length - known.Length);
        _counts[segment.Start] = count;
        if (segment.Next is not null && count.Length == length) Keep(segment, count.Size);
        return count.Size;
    }

    private SegmentSize OfCompressed(Segment segment)
    {
        if (_counts.TryGetValue(segment.Start, out var known)) return known.Size;
        if (IndexHeader.Read(segment.IndexPath) is { Length: >= 0, Lines: >= 0 } header && header.Start == segment.Start)
        {
            known = new(header.Length, header.Lines, Unfinished: false);
        }
        else
        {
            using var stream = LogFile.OpenStream(segment, 0);
            known = Continue(default, stream, segment.Clip(long.MaxValue));
            Keep(segment, known.Size);
        }
        _counts[segment.Start] = known;
        return known.Size;
    }

    private Count Continue(Count count, Stream stream, long limit)
    {
        _buffer ??= new byte[256 * 1024];
        var (length, lineFeeds, unfinished) = count;
        try
        {
            while (limit > 0)
            {
                var read = stream.Read(_buffer, 0, (int)Math.Min(limit, _buffer.Length));
                if (read == 0) break;
                lineFeeds += _buffer.AsSpan(0, read).Count((byte)'\n');
                unfinished = _buffer[read - 1] != '\n';
                length += read;
                limit -= read;
            }
        }
        catch (InvalidDataException)
        {
            // A damaged compressed file ends where it is damaged.
        }
        return new(length, lineFeeds, unfinished);
    }

    private static void Keep(Segment segment, SegmentSize size)
    {
        try
        {
            IndexHeader.Update(segment.IndexPath, segment.Start, header => header with { Length = size.Length, Lines = size.Lines });
        }
        catch (IOException)
        {
            // Then it is counted again some day.
        }
    }

    private readonly record struct Count(long Length, long LineFeeds, bool Unfinished)
    {
        public SegmentSize Size => new(Length, LineFeeds + (Unfinished ? 1 : 0));
    }
}
