using Ziggie.Processes.Output;

namespace Ziggie.Dashboard.Model.Logs;

/// <summary>Reads several logs as one, in the order of time. Each log keeps its own order, whatever its times say.</summary>
public sealed class MergedLogs(IOutputStore store, IReadOnlyList<LogSource> sources, LogFilter filter)
{
    public IReadOnlyList<LogSource> Sources => sources;

    /// <exception cref="ArgumentException">The regular expression takes too long.</exception>
    /// <exception cref="IOException">A log cannot be read.</exception>
    public MergedPage Read(MergedRequest request)
    {
        var feeds = sources.Select((_, source) => new Feed(this, request, source)).ToArray();
        List<MergedLine> lines = [];
        var isOver = false;
        long looked = 0, text = 0;
        while (lines.Count < request.Lines && text < request.MostText)
        {
            foreach (var feed in feeds)
            {
                // Each is read once in any case: its end must be known.
                while (feed.IsHungry && (looked < request.MostBytes || !feed.IsRead)) looked += feed.Fill(Math.Max(1, request.MostBytes - looked));
            }
            // While one of them has not told its next line, nobody knows which comes next.
            if (feeds.Any(feed => feed.IsHungry)) break;
            if (Pick(feeds, request.IsBackwards) is not { } next)
            {
                isOver = true;
                break;
            }
            var line = next.Take();
            text += line.Entry.Text.Length;
            lines.Add(line);
        }
        if (request.IsBackwards) lines.Reverse();
        return new MergedPage(
            lines, [.. feeds.Select(feed => feed.Next)], isOver || feeds.All(feed => feed.IsOver),
            [.. feeds.Select(feed => feed.Start)], [.. feeds.Select(feed => feed.End)], [.. feeds.Select(feed => feed.Finished)], looked);
    }

    /// <summary>For each source, where the lines from a place on begin.</summary>
    public long[] PositionsAt(LinePlace place) =>
    [
        .. sources.Select((source, index) =>
        {
            if (index == place.Source) return place.Position;
            var slice = store.ReadSlice(source.Log, new LogSliceQuery { Since = place.Time, Lines = 1 });
            return slice.Entries is [var first, ..] ? first.Position : slice.End;
        }),
    ];

    /// <summary>The line at a position, or the next one that is kept; null when there is none.</summary>
    public MergedLine? LineAt(int source, long position)
    {
        var slice = store.ReadSlice(sources[source].Log, new LogSliceQuery { From = position, Lines = 1 });
        if (slice.Entries.Count == 0) slice = store.ReadSlice(sources[source].Log, new LogSliceQuery { IsBackwards = true, Lines = 1 });
        if (slice.Entries is not [var entry]) return null;
        return new MergedLine(new LinePlace(source, entry.Position, entry.End, entry.Time ?? DateTimeOffset.MinValue), entry);
    }

    private static Feed? Pick(Feed[] feeds, bool isBackwards)
    {
        Feed? best = null;
        foreach (var feed in feeds)
        {
            if (!feed.HasLine) continue;
            if (best is null || (isBackwards ? feed.Time >= best.Time : feed.Time < best.Time)) best = feed;
        }
        return best;
    }

    private LogSlice Slice(int source, LogSliceQuery query) => store.ReadSlice(sources[source].Log, query with
    {
        Since = filter.Since,
        Until = filter.Until,
        Pattern = filter.OnlyMatches ? filter.Pattern : null,
    });

    /// <summary>One log, read by pieces.</summary>
    private sealed class Feed(MergedLogs logs, MergedRequest request, int source)
    {
        private readonly Queue<LogEntry> _entries = new();
        private long _next = request.From[source];
        private DateTimeOffset _time = request.IsBackwards ? DateTimeOffset.MaxValue : DateTimeOffset.MinValue;

        public bool IsRead { get; private set; }

        public bool HasLine => _entries.Count > 0;

        public bool IsHungry => !HasLine && !IsAtEnd;

        public bool IsOver => !HasLine && IsAtEnd;

        public long Start { get; private set; }

        public long End { get; private set; }

        public long Finished { get; private set; }

        /// <summary>When the next line came; where that is not known, with the one before.</summary>
        public DateTimeOffset Time => _entries.Peek().Time ?? _time;

        /// <summary>Where to go on after the lines that were taken.</summary>
        public long Next => _entries.TryPeek(out var entry) ? request.IsBackwards ? entry.End : entry.Position : _next;

        private bool IsAtEnd { get; set; }

        public long Fill(long mostBytes)
        {
            var share = Math.Max(1, request.Lines / Math.Max(1, logs.Sources.Count / 2));
            var slice = logs.Slice(source, new LogSliceQuery
            {
                From = _next == long.MaxValue ? null : _next,
                IsBackwards = request.IsBackwards,
                Floor = request.Floor?[source] ?? 0,
                Lines = share,
                MostBytes = mostBytes,
                MostText = request.MostText,
            });
            if (!IsRead) (IsRead, Start, End, Finished) = (true, slice.Start, slice.End, slice.Finished);
            foreach (var entry in request.IsBackwards ? slice.Entries.Reverse() : slice.Entries) _entries.Enqueue(entry);
            _next = slice.Next;
            IsAtEnd = slice.IsOver;
            return slice.Looked;
        }

        public MergedLine Take()
        {
            _time = Time;
            var entry = _entries.Dequeue();
            return new MergedLine(new LinePlace(source, entry.Position, entry.End, _time), entry);
        }
    }
}
