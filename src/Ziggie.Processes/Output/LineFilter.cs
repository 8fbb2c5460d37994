namespace Ziggie.Processes.Output;

/// <summary>Which lines a query wants.</summary>
internal sealed class LineFilter
{
    private readonly LinePattern? _pattern;

    /// <exception cref="ArgumentException">The regular expression is malformed, or needs backtracking.</exception>
    public LineFilter(LogQuery query)
    {
        Since = query.Since is { } since ? TimePair.MicrosOf(since) : long.MinValue;
        Until = query.Until is { } until ? TimePair.MicrosOf(until) : long.MaxValue;
        IsTimed = query.Since is not null || query.Until is not null;
        if (!string.IsNullOrEmpty(query.Grep)) _pattern = LinePattern.Of(query.Grep, query.IsRegex);
    }

    /// <summary>First and last time wanted, Unix microseconds, both included.</summary>
    public long Since { get; }

    public long Until { get; }

    /// <summary>Whether time matters; then a line without a time is not wanted.</summary>
    public bool IsTimed { get; }

    /// <summary>The offsets in a segment between which the wanted lines begin, as far as its times tell.</summary>
    public (long From, long To) Bounds(TimePairs? times, IndexHeader? header, long length)
    {
        if (!IsTimed || times is null || header is not { ClockWentBack: false }) return (0, length);
        var first = times.First(pair => pair.Micros >= Since);
        var behind = times.First(pair => pair.Micros > Until);
        return (first < times.Count ? times[first].Offset : length, behind < times.Count ? Math.Min(length, times[behind].Offset) : length);
    }

    public bool Accepts(long? micros) => !IsTimed || (micros >= Since && micros <= Until);

    /// <exception cref="ArgumentException">The regular expression takes too long.</exception>
    public bool Accepts(string text) => _pattern?.IsMatch(text) ?? true;
}
