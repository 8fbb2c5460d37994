namespace Ziggie.Processes.Output;

/// <summary>Cuts a growing stream of bytes into lines.</summary>
/// <param name="position">Position of the stream's first byte.</param>
internal sealed class LineSplitter(long position)
{
    private const int Block = 64 * 1024;

    private byte[] _bytes = new byte[Block];
    private int _start;
    private int _searched;
    private int _end;

    /// <summary>Position of the first byte that is in no line yet.</summary>
    public long Position { get; private set; } = position;

    /// <summary>Position of the next byte to be put in.</summary>
    public long End => Position + (_end - _start);

    /// <summary>Where to put the next bytes; <see cref="Fill"/> says how many came.</summary>
    public Span<byte> Room()
    {
        if (_start > 0)
        {
            _bytes.AsSpan(_start, _end - _start).CopyTo(_bytes);
            (_start, _searched, _end) = (0, _searched - _start, _end - _start);
        }
        if (_bytes.Length - _end < Block / 2) Array.Resize(ref _bytes, _bytes.Length * 2);
        return _bytes.AsSpan(_end);
    }

    public void Fill(int count) => _end += count;

    /// <summary>The next finished line, without its line feed.</summary>
    public bool TryTake(out long start, out ReadOnlySpan<byte> line)
    {
        start = Position;
        var length = _bytes.AsSpan(_searched, _end - _searched).IndexOf((byte)'\n');
        if (length < 0)
        {
            line = default;
            _searched = _end;
            return false;
        }
        var lineEnd = _searched + length;
        line = _bytes.AsSpan(_start, lineEnd - _start);
        Position += lineEnd + 1 - _start;
        _start = _searched = lineEnd + 1;
        return true;
    }

    /// <summary>The unfinished line at the end; false when there is none.</summary>
    public bool TryTakeRest(out long start, out ReadOnlySpan<byte> line)
    {
        start = Position;
        line = _bytes.AsSpan(_start, _end - _start);
        Position += line.Length;
        _start = _searched = _end;
        return line.Length > 0;
    }
}
