using Ziggie.Processes.Output;

namespace Ziggie.Api.Logs;

/// <summary>A line and whether it came from a separate standard error.</summary>
internal readonly record struct PageLine(LogEntry Entry, bool IsError);

/// <param name="Lines">In the order of time.</param>
/// <param name="TotalLines">In all logs that were asked for.</param>
/// <param name="Exists">False when there is no log yet.</param>
/// <param name="HasErrors">Whether there is a separate standard error; then it matters which stream a line came from.</param>
internal sealed record MergedPage(IReadOnlyList<PageLine> Lines, long TotalLines, bool Exists, bool HasErrors);

/// <summary>Reads a service's output and its separate standard error as one.</summary>
internal static class LogPages
{
    public static MergedPage Read(IOutputStore output, string service, LogQuery query, LogStreams streams)
    {
        var printed = streams.HasFlag(LogStreams.Output) ? output.Read(service, query) : null;
        var errors = streams.HasFlag(LogStreams.Errors) ? output.Read(ErrorLog.Of(service), query) : null;
        List<LogPage> pages = [.. new[] { printed, errors }.OfType<LogPage>()];
        return new MergedPage(
            [.. Merge(printed?.Entries ?? [], errors?.Entries ?? []).TakeLast(query.Lines)],
            pages.Sum(page => page.TotalLines), pages.Exists(page => page.Exists), errors is { Exists: true });
    }

    /// <summary>Where to begin to follow so that the last lines come first; a line that is not finished yet comes once it is.</summary>
    public static LogPosition Start(IOutputStore output, string service, int lines, LogStreams streams)
    {
        var query = new LogQuery { Lines = lines + 1 };
        var (printed, errors) = (output.Read(service, query), output.Read(ErrorLog.Of(service), query));
        var wanted = Merge(
            streams.HasFlag(LogStreams.Output) ? Finished(printed) : [],
            streams.HasFlag(LogStreams.Errors) ? Finished(errors) : []).TakeLast(lines).ToList();
        return new LogPosition(Begin(printed, isError: false), Begin(errors, isError: true));

        long Begin(LogPage page, bool isError)
        {
            if (wanted.FindIndex(line => line.IsError == isError) is >= 0 and var first) return wanted[first].Entry.Position;
            return page.Entries is [.., { IsUnfinished: true } last] ? last.Position : page.End;
        }
    }

    /// <summary>
    /// A position that lies behind a log's end is of one that is no more, because the service was removed and made anew: this one is then read
    /// from its beginning.
    /// </summary>
    public static LogPosition Within(IOutputStore output, string service, LogPosition position)
    {
        return new LogPosition(Of(service, position.Output), Of(ErrorLog.Of(service), position.Errors));

        long Of(string log, long at) => at > 0 && output.Read(log, new LogQuery { Lines = 1 }).End < at ? 0 : at;
    }

    private static IEnumerable<LogEntry> Finished(LogPage page) => page.Entries.Where(entry => !entry.IsUnfinished);

    // Each log keeps its own order, whatever its times say.
    private static IEnumerable<PageLine> Merge(IEnumerable<LogEntry> printed, IEnumerable<LogEntry> errors)
    {
        var (left, right) = (new Queue<LogEntry>(printed), new Queue<LogEntry>(errors));
        while (left.Count + right.Count > 0)
        {
            var isError = left.Count == 0 || (right.Count > 0 && TimeOf(right.Peek()) < TimeOf(left.Peek()));
            yield return new PageLine((isError ? right : left).Dequeue(), isError);
        }
    }

    private static DateTimeOffset TimeOf(LogEntry entry) => entry.Time ?? DateTimeOffset.MinValue;
}
