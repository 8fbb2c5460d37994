namespace Ziggie.Processes.Output;

// A rotation, in the order of its steps, and what a daemon finds that comes after one killed behind each:
//   1. the next segment's index, under its final name    an index without a segment: deleted
//   2. the next segment's first bytes (the unfinished line at the end of the old one) in a temporary file: deleted
//   3. the temporary file gets its name                   both hold those bytes: the old one ends where the next one starts, and is cut
//   4. the link current.log shows the new segment         an old link: renewed
//   5. the old segment is cut at its end                  done
//   6. its index says how long it is                      said when it is counted or compressed
// Step 3 is the moment: before it the old segment goes on as if nothing had happened, after it the new one does.
internal sealed partial class LogWriter
{
    /// <summary>How far a segment may outgrow its size for a line that does not end; then the line is split.</summary>
    private const long Patience = 8_000_000;

    private const long Step = 64 * 1024;

    private long _searched;
    private long _rotateAt;

    /// <summary>What may be written before the next look for the end of a line.</summary>
    private long Room => _size < MaxSize ? MaxSize - _size : Step;

    private void RotateAtLineEnd()
    {
        if (Environment.TickCount64 < _rotateAt) return;
        var cut = EndOfLastLine(Math.Max(_searched, MaxSize - Step), _size);
        if (cut < 0)
        {
            _searched = _size;
            if (_size < MaxSize + Patience) return;
            cut = _size;
        }
        try
        {
            Rotate(cut);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            report($"The log cannot begin a new file yet: {e.Message}");
            _rotateAt = Environment.TickCount64 + (long)tuning.RetryAfter.TotalMilliseconds;
        }
    }

    private void Rotate(long cut)
    {
        var (file, index) = (_file!, _index);
        var unfinished = new byte[_size - cut];
        if (LogFile.ReadAt(file, unfinished, cut) < unfinished.Length) throw new IOException("The log was cut from outside.");
        Begin(_start + cut, unfinished, index?.After(cut) ?? []);
        using (file)
        using (index)
        {
            RandomAccess.SetLength(file, cut);
            index?.Close(cut);
        }
        keeper.Tend(folder, Limits);
    }

    /// <summary>Begins a segment; the one before it stays what is written to when that fails.</summary>
    private void Begin(long start, ReadOnlySpan<byte> head, IReadOnlyList<TimePair> times)
    {
        folder.Create();
        var temporary = Path.Combine(folder.Path, "next" + LogFolder.TemporaryEnd);
        var index = TimeIndex.Create(Segment.PathOf(folder.Path, start, Segment.IndexEnd), start, times);
        var file = LogFile.Open(temporary, empty: true);
        try
        {
            RandomAccess.Write(file, head, 0);
            File.Move(temporary, Segment.PathOf(folder.Path, start, Segment.PlainEnd), overwrite: true);
        }
        catch
        {
            file.Dispose();
            index.Dispose();
            throw;
        }
        (_file, _index, _start, _size, _searched, _end) = (file, index, start, head.Length, 0, -1);
        folder.Touch();
        folder.PointCurrentTo(start);
    }

    /// <summary>The offset behind the last line feed between two offsets, or -1.</summary>
    private long EndOfLastLine(long from, long to)
    {
        var buffer = new byte[Step];
        for (var end = to; end > Math.Max(0, from);)
        {
            var begin = Math.Max(Math.Max(0, from), end - Step);
            var count = LogFile.ReadAt(_file!, buffer.AsSpan(0, (int)(end - begin)), begin);
            var found = buffer.AsSpan(0, count).LastIndexOf((byte)'\n');
            if (found >= 0) return begin + found + 1;
            end = begin;
        }
        return -1;
    }
}
