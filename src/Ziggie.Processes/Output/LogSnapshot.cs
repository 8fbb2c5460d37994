using Microsoft.Win32.SafeHandles;

namespace Ziggie.Processes.Output;

/// <summary>
/// A log as it is at one moment. All its files are open, so whatever is deleted, compressed or begun afterwards changes nothing here; what
/// a rotation moves from the end of the last file is read from where it went.
/// </summary>
internal sealed class LogSnapshot : IDisposable
{
    private const int Tries = 10;

    private LogSnapshot(IReadOnlyList<Part> parts) => Parts = parts;

    /// <summary>Oldest first; none when there is no log.</summary>
    public IReadOnlyList<Part> Parts { get; }

    public static LogSnapshot Take(LogFolder folder, bool withTimes)
    {
        for (var left = Tries; ; left--)
        {
            List<Part> parts = [];
            try
            {
                // Nothing is compressed or deleted meanwhile.
                lock (folder.Gate)
                {
                    foreach (var segment in folder.List()) parts.Add(new Part(folder, segment, withTimes));
                }
                return new(parts);
            }
            catch (Exception e)
            {
                parts.ForEach(part => part.Dispose());
                if (left == 1 || e is not (FileNotFoundException or DirectoryNotFoundException)) throw;
            }
        }
    }

    public void Dispose()
    {
        foreach (var part in Parts) part.Dispose();
    }

    /// <summary>One segment, read from its beginning to what was its end at the moment of the snapshot.</summary>
    public sealed class Part : IDisposable
    {
        private readonly LogFolder _folder;
        private readonly Segment _segment;
        private readonly SafeFileHandle? _index;
        private readonly long _length;
        private Stream _stream;
        private long _at;

        public Part(LogFolder folder, Segment segment, bool withTimes)
        {
            (_folder, _segment) = (folder, segment);
            _stream = LogFile.OpenStream(segment, 0);
            _length = segment.Clip(segment.Compressed ? long.MaxValue : _stream.Length);
            _index = withTimes ? LogFile.TryOpenForReading(segment.IndexPath) : null;
            Header = _index is not null && IndexHeader.Read(_index) is { } header && header.Start == segment.Start ? header : null;
            if (Header is not null) Times = new TimePairs(_index!);
        }

        public long Length => _length;

        public IndexHeader? Header { get; }

        public TimePairs? Times { get; }

        public int Read(Span<byte> room)
        {
            var left = _length - _at;
            if (left <= 0 || room.IsEmpty) return 0;
            if (left < room.Length) room = room[..(int)left];
            var count = ReadStream(room);
            if (count == 0 && FollowRotation()) count = ReadStream(room);
            _at += count;
            return count;
        }

        /// <summary>Goes on at a later offset.</summary>
        public void Skip(long offset)
        {
            if (!_segment.Compressed)
            {
                _stream.Position = _at = Math.Min(offset, _length);
                return;
            }
            var skipped = new byte[64 * 1024];
            while (_at < offset && Read(skipped.AsSpan(0, (int)Math.Min(skipped.Length, offset - _at))) > 0) { }
        }

        public void Dispose()
        {
            _stream.Dispose();
            _index?.Dispose();
        }

        private int ReadStream(Span<byte> room)
        {
            try
            {
                return _stream.Read(room);
            }
            catch (InvalidDataException)
            {
                // A damaged compressed file ends where it is damaged.
                return 0;
            }
        }

        /// <summary>The unfinished line at the end has moved into the next segment.</summary>
        private bool FollowRotation()
        {
            if (_segment.Compressed) return false;
            var position = _segment.Start + _at;
            if (_folder.List().LastOrDefault(segment => segment.Start <= position) is not { } next || next.Start == _segment.Start) return false;
            try
            {
                var stream = LogFile.OpenStream(next, position - next.Start);
                _stream.Dispose();
                _stream = stream;
                return true;
            }
            catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
            {
                return false;
            }
        }
    }
}
