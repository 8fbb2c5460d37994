namespace Ziggie.Processes.Output;

/// <summary>
/// Keeps the logs small, on the thread pool: deletes what is too much or too old, and compresses closed segments, one at a time for all
/// services. A compressed file is written under a temporary name, flushed, renamed, and then the plain one is deleted.
/// </summary>
internal sealed class LogKeeper(TimeProvider clock, OutputTuning tuning, Action<string, string> report) : IDisposable
{
    private const int MostUntended = 8;

    private readonly Lock _lock = new();
    private readonly Dictionary<LogFolder, LogLimits> _wanted = [];
    private readonly Dictionary<LogFolder, Task> _running = [];
    private readonly SemaphoreSlim _oneAtATime = new(1);
    private readonly CancellationTokenSource _stopping = new();
    private readonly Signal _wished = new();

    /// <summary>
    /// Looks after a log soon. The pump calls this after each rotation, so it costs little here, unless the thread pool has no time: then
    /// the pump deletes by itself, because a flood would fill the disk.
    /// </summary>
    public void Tend(LogFolder folder, LogLimits limits)
    {
        try
        {
            if (folder.AddUntended() > MostUntended) Delete(folder, limits);
        }
        catch (Exception e) when (IsExpected(e))
        {
            Report(folder, e);
        }
        lock (_lock)
        {
            if (_stopping.IsCancellationRequested) return;
            _wanted[folder] = limits;
            if (!_running.ContainsKey(folder)) _running[folder] = Task.Run(() => TendAsync(folder));
        }
        _wished.Pulse();
    }

    public void Dispose()
    {
        Task[] running;
        lock (_lock)
        {
            _stopping.Cancel();
            running = [.. _running.Values];
        }
        Task.WaitAll(running);
    }

    private async Task TendAsync(LogFolder folder)
    {
        while (TakeWish(folder) is { } limits)
        {
            try
            {
                Delete(folder, limits);
                while (limits.Compress && await CompressNextAsync(folder)) { }
            }
            catch (OperationCanceledException) { }
            catch (Exception e) when (IsExpected(e))
            {
                Report(folder, e);
            }
        }
    }

    private static bool IsExpected(Exception e) => e is IOException or UnauthorizedAccessException or InvalidDataException;

    private void Report(LogFolder folder, Exception e)
    {
        if (!folder.IsRemoved) report(folder.Service, $"Old logs could not be tidied: {e.Message}");
    }

    private LogLimits? TakeWish(LogFolder folder)
    {
        lock (_lock)
        {
            if (_wanted.Remove(folder, out var limits) && !_stopping.IsCancellationRequested) return limits;
            _running.Remove(folder);
            return null;
        }
    }

    private bool IsWanted(LogFolder folder)
    {
        lock (_lock) return _wanted.ContainsKey(folder);
    }

    private void Delete(LogFolder folder, LogLimits limits)
    {
        lock (folder.Gate)
        {
            if (folder.IsRemoved) return;
            folder.ClearUntended();
            var keep = Math.Max(1, limits.MaxFiles) - 1;
            // As much as there is, where the product is beyond all numbers.
            var bytes = (long)Int128.Min(long.MaxValue, (Int128)Math.Max(1, limits.MaxFiles) * Math.Max(1, limits.MaxSize));
            var oldest = limits.MaxAge is { } age ? clock.GetUtcNow() - age : (DateTimeOffset?)null;
            var isTooMuch = false;
            var isNewest = true;
            foreach (var segment in folder.List().Reverse())
            {
                bytes -= new FileInfo(segment.FilePath).Length;
                if (segment.Next is null) continue;
                // One long line may be larger than all that is allowed. The newest closed segment stays all the same.
                isTooMuch = isTooMuch || keep-- <= 0 || (bytes < 0 && !isNewest) || LastTime(segment) < oldest;
                isNewest = false;
                if (!isTooMuch) continue;
                File.Delete(segment.CompressedPath);
                File.Delete(segment.PlainPath);
                File.Delete(segment.IndexPath);
            }
            if (!isTooMuch) return;
            folder.Touch();
            if (folder.List() is [var first, ..]) folder.Sizes.ForgetBefore(first.Start);
        }
    }

    /// <summary>False when nothing is left to compress, or something else is more urgent.</summary>
    private async Task<bool> CompressNextAsync(LogFolder folder)
    {
        var wished = _wished.Next();
        var next = folder.List().FirstOrDefault(segment => segment is { Next: not null, Compressed: false });
        if (next is null || folder.IsRemoved || IsWanted(folder)) return false;
        var wait = tuning.CompressAfter - (DateTime.UtcNow - File.GetLastWriteTimeUtc(next.PlainPath));
        if (wait > TimeSpan.Zero)
        {
            await Task.WhenAny(wished, Task.Delay(wait < tuning.CompressAfter ? wait : tuning.CompressAfter, _stopping.Token));
            _stopping.Token.ThrowIfCancellationRequested();
            return true;
        }
        await _oneAtATime.WaitAsync(_stopping.Token);
        try
        {
            Compress(folder, next);
        }
        finally
        {
            _oneAtATime.Release();
        }
        return true;
    }

    private void Compress(LogFolder folder, Segment segment)
    {
        // Counted while it is cheap, and its index knows the length from then on.
        var size = folder.Sizes.Of(segment);
        var temporary = segment.CompressedPath + LogFolder.TemporaryEnd;
        using (var from = LogFile.OpenStream(segment, 0))
        using (var to = new FileStream(LogFile.Open(temporary, empty: true), FileAccess.Write, bufferSize: 0))
        {
            Compress(from, to, size.Length);
            to.Flush(flushToDisk: true);
        }
        lock (folder.Gate)
        {
            if (folder.IsRemoved) return;
            IndexHeader.Update(segment.IndexPath, segment.Start, header => header with { Length = size.Length, Lines = size.Lines });
            File.Move(temporary, segment.CompressedPath, overwrite: true);
            File.Delete(segment.PlainPath);
            folder.Touch();
        }
    }

    private void Compress(Stream from, Stream to, long count)
    {
        var block = new byte[GzipBlocks.BlockSize];
        while (count > 0)
        {
            _stopping.Token.ThrowIfCancellationRequested();
            var wanted = (int)Math.Min(count, block.Length);
            if (from.ReadAtLeast(block.AsSpan(0, wanted), wanted, throwOnEndOfStream: false) < wanted)
                throw new IOException("A closed log file was cut from outside.");
            GzipBlocks.Write(block.AsSpan(0, wanted), to);
            count -= wanted;
        }
    }

    private static DateTimeOffset LastTime(Segment segment)
    {
        using var index = LogFile.TryOpenForReading(segment.IndexPath);
        var pairs = index is null ? null : new TimePairs(index);
        return pairs is { Count: > 0 } ? TimePair.TimeOf(pairs[pairs.Count - 1].Micros) : File.GetLastWriteTimeUtc(segment.FilePath);
    }
}
