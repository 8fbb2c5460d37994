namespace Ziggie.Processes.Output;

/// <summary>Reads pages of a log, newest lines first, from the files as they are at the moment.</summary>
internal static class LogReader
{
    private const int Tries = 10;

    /// <exception cref="ArgumentException">The regular expression is malformed or takes too long.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static LogPage Read(LogFolder folder, LogQuery query)
    {
        var filter = new LineFilter(query);
        for (var left = Tries; ; left--)
        {
            try
            {
                return ReadOnce(folder, filter, query.Lines);
            }
            catch (Exception e) when (left > 1 && e is FileNotFoundException or DirectoryNotFoundException or EndOfStreamException)
            {
                // A segment was rotated, compressed or deleted under our eyes.
            }
        }
    }

    private static LogPage ReadOnce(LogFolder folder, LineFilter filter, int lines)
    {
        var segments = folder.List();
        if (segments.Count == 0) return new([], 0, 0, Exists: false);
        var page = new PageBuilder(lines);
        long total = 0, end = 0;
        foreach (var segment in segments.Reverse())
        {
            var size = folder.Sizes.Of(segment);
            total += size.Lines;
            if (segment.Next is null) end = segment.Start + size.Length;
            if (!page.IsFull && size.Length > 0) new SegmentSearch(segment, size.Length, filter).AddTo(page);
        }
        return new(page.InOrder(), total, end, Exists: true);
    }
}
