using System.Buffers;

namespace Ziggie.Processes.Output;

/// <summary>Writes logs out: one alone byte by byte, several line by line by their times.</summary>
internal sealed class LogCopy : IDisposable
{
    private const int Block = 128 * 1024;

    private readonly List<LogSnapshot> _snapshots = [];
    private readonly LineFilter _filter;

    private LogCopy(LogRange range) => _filter = new LineFilter(new LogQuery { Since = range.Since, Until = range.Until });

    /// <summary>Whether there is any log.</summary>
    public bool Exists => _snapshots.Exists(snapshot => snapshot.Parts.Count > 0);

    public static LogCopy Of(IEnumerable<LogFolder> folders, LogRange range)
    {
        var copy = new LogCopy(range);
        try
        {
            foreach (var folder in folders) copy._snapshots.Add(LogSnapshot.Take(folder, withTimes: true));
            return copy;
        }
        catch
        {
            copy.Dispose();
            throw;
        }
    }

    public async Task WriteToAsync(Stream target, CancellationToken cancellationToken)
    {
        var filled = _snapshots.Where(snapshot => snapshot.Parts.Count > 0).ToList();
        if (filled is [var only] && !_filter.IsTimed) await CopyAsync(only, target, cancellationToken);
        else await MergeAsync(filled, target, cancellationToken);
    }

    public void Dispose() => _snapshots.ForEach(snapshot => snapshot.Dispose());

    private static async Task CopyAsync(LogSnapshot snapshot, Stream target, CancellationToken cancellationToken)
    {
        var buffer = new byte[Block];
        foreach (var part in snapshot.Parts)
        {
            for (int count; (count = part.Read(buffer)) > 0;) await target.WriteAsync(buffer.AsMemory(0, count), cancellationToken);
        }
    }

    private async Task MergeAsync(List<LogSnapshot> snapshots, Stream target, CancellationToken cancellationToken)
    {
        var readers = snapshots.Select(snapshot => new SnapshotLines(snapshot, _filter)).Where(reader => reader.TryTake()).ToList();
        var buffer = new ArrayBufferWriter<byte>(Block);
        while (readers.Count > 0)
        {
            var next = readers.MinBy(reader => reader.Micros)!;
            buffer.Write(next.Line.Span);
            buffer.Write("\n"u8);
            if (!next.TryTake()) readers.Remove(next);
            if (buffer.WrittenCount < Block && readers.Count > 0) continue;
            await target.WriteAsync(buffer.WrittenMemory, cancellationToken);
            buffer.ResetWrittenCount();
        }
    }
}
