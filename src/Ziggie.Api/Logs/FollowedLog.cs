using Ziggie.Processes.Output;

namespace Ziggie.Api.Logs;

/// <summary>One log that is followed: the next line, once it is there.</summary>
internal sealed class FollowedLog : IAsyncDisposable
{
    private readonly IAsyncEnumerator<LogEntry> _entries;

    /// <param name="output">Has the log.</param>
    /// <param name="log">Its name there.</param>
    /// <param name="isError">Whether it is a separate standard error.</param>
    /// <param name="position">Where to begin.</param>
    /// <param name="over">Cancelled before this is disposed of.</param>
    public FollowedLog(IOutputStore output, string log, bool isError, long position, CancellationToken over)
    {
        (IsError, Position) = (isError, position);
        _entries = output.FollowAsync(log, position, over).GetAsyncEnumerator(over);
        Next = _entries.MoveNextAsync().AsTask();
    }

    public bool IsError { get; }

    /// <summary>Behind the last line that was taken.</summary>
    public long Position { get; private set; }

    /// <summary>Ends when there is a line, or none will come any more.</summary>
    public Task<bool> Next { get; private set; }

    public bool HasLine => Next.IsCompleted && Next.GetAwaiter().GetResult();

    public bool HasEnded => Next.IsCompleted && !Next.GetAwaiter().GetResult();

    public DateTimeOffset Time => _entries.Current.Time ?? DateTimeOffset.MinValue;

    /// <summary>The line that is there, and how many bytes before it nobody can read any more.</summary>
    public LogEntry Take(out long missed)
    {
        var entry = _entries.Current;
        missed = Math.Max(0, entry.Position - Position);
        Position = entry.End;
        Next = _entries.MoveNextAsync().AsTask();
        return entry;
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await Next;
        }
        catch (Exception)
        {
            // Cancelled, or seen already.
        }

        await _entries.DisposeAsync();
    }
}
