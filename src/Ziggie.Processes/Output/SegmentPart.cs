using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Ziggie.Processes.Output;

/// <summary>A segment as far as it went at one moment: its bytes, and the times of its lines.</summary>
internal sealed class SegmentPart : IDisposable
{
    private readonly Segment _segment;
    private readonly SegmentBytes _bytes;
    private readonly SafeFileHandle? _index;
    private readonly IndexHeader? _header;
    private char[] _text = [];

    /// <exception cref="FileNotFoundException">The segment is gone.</exception>
    public SegmentPart(Segment segment, long length)
    {
        (_segment, Length) = (segment, length);
        _bytes = new SegmentBytes(segment);
        _index = LogFile.TryOpenForReading(segment.IndexPath);
        _header = _index is not null && IndexHeader.Read(_index) is { } header && header.Start == segment.Start ? header : null;
        if (_header is not null) Times = new TimePairs(_index!);
    }

    public long Length { get; }

    public TimePairs? Times { get; }

    /// <summary>The offsets between which the wanted lines begin, as far as the times tell.</summary>
    public (long From, long To) Bounds(LineFilter filter) => filter.IsTimed && Times is null ? (Length, Length) : filter.Bounds(Times, _header, Length);

    public int ReadAt(Span<byte> buffer, long offset)
    {
        var left = Length - offset;
        return left <= 0 ? 0 : _bytes.ReadAt(left < buffer.Length ? buffer[..(int)left] : buffer, offset);
    }

    /// <summary>The offset itself where a line begins, else where the line that it is in ends.</summary>
    public long LineFrom(long offset)
    {
        if (offset <= 0) return 0;
        var block = new byte[64 * 1024];
        for (var at = offset - 1; at < Length;)
        {
            var count = ReadAt(block, at);
            if (count == 0) break;
            var found = block.AsSpan(0, count).IndexOf((byte)'\n');
            if (found >= 0) return at + found + 1;
            at += count;
        }
        return Length;
    }

    /// <summary>The line when it is wanted.</summary>
    public LogEntry? Entry(long start, ReadOnlySpan<byte> line, bool hasLineFeed, LogSliceQuery query, LineFilter filter)
    {
        // Only the last segment is still written to; a piece at the end of another one stays as it is.
        var isUnfinished = !hasLineFeed && _segment.Next is null;
        var end = _segment.Start + start + line.Length + (hasLineFeed ? 1 : 0);
        if (line.Length > query.MostOfLine) line = isUnfinished ? line[^query.MostOfLine..] : line[..query.MostOfLine];
        // Most lines fail here, so this comes first and leaves no garbage behind.
        if (query.Pattern is { } pattern && !IsMatch(pattern, line)) return null;
        var micros = Times?.TimeAt(start);
        if (!filter.Accepts(micros)) return null;
        var text = LogText.Decode(line);
        return new(_segment.Start + start, micros is { } time ? TimePair.TimeOf(time) : null, text) { End = end, IsUnfinished = isUnfinished };
    }

    public void Dispose()
    {
        _bytes.Dispose();
        _index?.Dispose();
    }

    private bool IsMatch(LinePattern pattern, ReadOnlySpan<byte> line)
    {
        if (line is [.. var shorter, (byte)'\r']) line = shorter;
        if (_text.Length < line.Length) _text = new char[Math.Max(line.Length, 1024)];
        var text = _text.AsSpan(0, Encoding.UTF8.GetChars(line, _text));
        return pattern.IsMatch(TerminalText.IsPlain(text) ? text : TerminalText.Plain(new string(text)));
    }
}
