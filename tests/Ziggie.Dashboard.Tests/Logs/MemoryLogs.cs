using System.Text;
using Ziggie.Processes.Output;

namespace Ziggie.Dashboard.Tests.Logs;

/// <summary>Logs in memory, read as the store reads its files. Safe for use from any thread.</summary>
internal sealed class MemoryLogs : IOutputStore
{
    public static readonly DateTimeOffset Start = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, List<LogEntry>> _logs = [];
    private TaskCompletionSource _printed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>How often something was read.</summary>
    public int Reads { get; private set; }

    /// <summary>A line, so many seconds after <see cref="Start"/>.</summary>
    public void Print(string log, string text, double second, bool isUnfinished = false)
    {
        lock (_gate)
        {
            if (!_logs.TryGetValue(log, out var lines)) _logs[log] = lines = [];
            var position = lines is [.., var last] ? last.End : 0;
            if (lines is [.., { IsUnfinished: true } open])
            {
                lines.RemoveAt(lines.Count - 1);
                position = open.Position;
            }
            var length = Encoding.UTF8.GetByteCount(text) + (isUnfinished ? 0 : 1);
            lines.Add(new LogEntry(position, Start.AddSeconds(second), text) { End = position + length, IsUnfinished = isUnfinished });
            _printed.TrySetResult();
            _printed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    public void PrintMany(string log, int from, int to)
    {
        for (var n = from; n <= to; n++) Print(log, $"{log} {n}", n);
    }

    public LogSlice ReadSlice(string service, LogSliceQuery query)
    {
        lock (_gate)
        {
            Reads++;
            var lines = _logs.GetValueOrDefault(service) ?? [];
            var end = lines is [.., var last] ? last.End : 0;
            var finished = lines is [.., { IsUnfinished: true } open] ? open.Position : end;
            var from = query.From ?? (query.IsBackwards ? end : 0);
            var rest = query.IsBackwards
                ? lines.Where(line => line.Position < from && line.Position >= query.Floor).Reverse()
                : lines.Where(line => line.Position >= from);
            List<LogEntry> found = [];
            long looked = 0, text = 0, next = from;
            var isFull = false;
            foreach (var line in rest)
            {
                isFull = found.Count >= query.Lines || looked >= query.MostBytes || text >= query.MostText;
                if (isFull) break;
                looked += line.End - line.Position;
                next = query.IsBackwards || line.IsUnfinished ? line.Position : line.End;
                if (line.Time < query.Since || line.Time > query.Until || query.Pattern?.IsMatch(line.Text) == false) continue;
                found.Add(line);
                text += line.Text.Length;
            }
            if (query.IsBackwards) found.Reverse();
            if (!isFull && query.IsBackwards) next = query.Floor;
            return new LogSlice(found, next, !isFull, 0, end, finished, looked);
        }
    }

    public async Task WaitForMoreAsync(string service, long end, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task printed;
            lock (_gate)
            {
                if ((_logs.GetValueOrDefault(service) is [.., var last] ? last.End : 0) != end) return;
                printed = _printed.Task;
            }
            await printed.WaitAsync(cancellationToken);
        }
    }

    public long LostBytes(string service) => 0;

    public IOutputChannel Open(string service, LogLimits limits) => throw new NotSupportedException();

    public LogPage Read(string service, LogQuery query) => throw new NotSupportedException();

    public IAsyncEnumerable<LogEntry> FollowAsync(string service, long position, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<bool> CopyToAsync(string service, LogRange range, Stream target, CancellationToken cancellationToken) => throw new NotSupportedException();

    public void Remove(string service) => throw new NotSupportedException();

    public void Dispose() { }
}
