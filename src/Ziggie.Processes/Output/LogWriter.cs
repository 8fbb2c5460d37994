using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Ziggie.Processes.Output;

/// <summary>
/// Writes one service's log, by one thread at a time. The log is opened at the first byte. While it cannot be written, output is dropped
/// and counted, because a service must not stand still for its log; when it can be again, a line in the log says how much is missing.
/// </summary>
internal sealed partial class LogWriter(
    LogFolder folder, LogLimits limits, TimeProvider clock, OutputTuning tuning, ILogFileWatch files, LogKeeper keeper, Action<string> report) : IDisposable
{
    private const long LeastSize = 4096;

    private SafeFileHandle? _file;
    private TimeIndex? _index;
    private long _start;
    private long _size;
    private long _end = -1;
    private long _retryAt;
    private long _checkAt;
    private long _lost;
    private long _lostUnsaid;
    private string? _trouble;

    public LogLimits Limits { get; set; } = limits;

    /// <summary>May be read from any thread.</summary>
    public long LostBytes => Interlocked.Read(ref _lost);

    private long MaxSize => Math.Max(LeastSize, Limits.MaxSize);

    public void Report(string message) => report(message);

    /// <summary>Notices what others did to the file since the last turn.</summary>
    public void BeginTurn()
    {
        if (_file is null) return;
        if (files.LengthOf(_file) is not { } length) return;
        var isGone = length < _size;
        if (!isGone && Environment.TickCount64 >= _checkAt)
        {
            isGone = !files.IsAt(Segment.PathOf(folder.Path, _start, Segment.PlainEnd), _file);
            _checkAt = Environment.TickCount64 + (long)tuning.CheckEvery.TotalMilliseconds;
            if (!isGone && !File.Exists(Path.Combine(folder.Path, LogFolder.CurrentName))) folder.PointCurrentTo(_start);
        }
        // Somebody wrote into the file: their bytes are part of the log now.
        if (!isGone) _size = length;
        else Reopen();
    }

    /// <summary>Moves or, when it must be, drops some of what waits; 0 when nothing does.</summary>
    public long TakeIn(IOutputSource source, long limit)
    {
        if (_file is null || _trouble is not null)
        {
            if (source.Available == 0) return 0;
            if (!Resume()) return Drop(source, limit);
        }
        // Due before the first byte: after a smaller limit, or what others wrote into the file.
        if (_size >= MaxSize && _searched < _size) RotateAtLineEnd();
        _index?.Note(_size, TimePair.MicrosOf(clock.GetUtcNow()));
        var moved = source.MoveTo(_file!, _size, Math.Min(limit, Room));
        if (moved == 0) return 0;
        if (moved < 0)
        {
            Fail(OutputErrors.Describe((int)-moved));
            Lose(source.TakeSpilled());
            return Drop(source, limit);
        }
        Lose(source.TakeSpilled());
        _size += moved;
        if (_size >= MaxSize) RotateAtLineEnd();
        return moved;
    }

    public void EndTurn() => folder.Changed.Pulse();

    public void Dispose() => CloseFiles();

    private bool Resume()
    {
        if (Environment.TickCount64 < _retryAt) return false;
        try
        {
            if (_file is null) OpenLog();
            if (_lostUnsaid > 0) SayWhatIsLost();
            _trouble = null;
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Fail(e.Message);
            return false;
        }
    }

    private void OpenLog()
    {
        if (_end >= 0)
        {
            Begin(_end, [], []);
            return;
        }
        folder.Create();
        var last = LogRecovery.Recover(folder);
        if (last is { Compressed: false }) Continue(last);
        else Begin(last is null ? 0 : last.Start + folder.Sizes.Of(last).Length, [], []);
        keeper.Tend(folder, Limits);
    }

    private void Continue(Segment segment)
    {
        _file = LogFile.Open(segment.PlainPath);
        _start = segment.Start;
        _size = RandomAccess.GetLength(_file);
        _searched = 0;
        try
        {
            _index = TimeIndex.Repair(segment.IndexPath, _start, _size);
        }
        catch (IOException e)
        {
            report($"The log goes on without times: {e.Message}");
        }
        folder.PointCurrentTo(_start);
    }

    /// <summary>The file was deleted, moved or cut: the log goes on in a new one, at the position where it was.</summary>
    private void Reopen()
    {
        _end = _start + _size;
        CloseFiles();
        Resume();
    }

    private long Drop(IOutputSource source, long limit)
    {
        var dropped = source.Drop(limit);
        Lose(dropped);
        return dropped;
    }

    private void Lose(long count)
    {
        if (count == 0) return;
        Interlocked.Add(ref _lost, count);
        _lostUnsaid += count;
    }

    private void Fail(string trouble)
    {
        if (_trouble is null) report($"Output is dropped until the log can be written: {trouble}");
        _trouble = trouble;
        _retryAt = Environment.TickCount64 + (long)tuning.RetryAfter.TotalMilliseconds;
    }

    private void SayWhatIsLost()
    {
        Span<byte> last = [(byte)'\n'];
        if (_size > 0) LogFile.ReadAt(_file!, last, _size - 1);
        var text = $"{(last[0] == '\n' ? "" : "\n")}[ziggie] {_lostUnsaid} bytes of output are missing here: {_trouble}\n";
        var bytes = Encoding.UTF8.GetBytes(text);
        _index?.Note(_size, TimePair.MicrosOf(clock.GetUtcNow()));
        try
        {
            RandomAccess.Write(_file!, bytes, _size);
        }
        catch (IOException)
        {
            // Half a sentence may be there; the next try begins where this one did.
            RandomAccess.SetLength(_file!, _size);
            throw;
        }
        _size += bytes.Length;
        report($"Output is logged again; {_lostUnsaid} bytes are missing.");
        _lostUnsaid = 0;
    }

    private void CloseFiles()
    {
        _file?.Dispose();
        _index?.Dispose();
        (_file, _index) = (null, null);
    }
}
