namespace Ziggie.Dashboard.Model.Logs;

/// <summary>
/// Every line that a search matches, from the newest to the oldest, also in what no browser holds. Remembers where they are, not what they
/// say. Safe for use from any thread.
/// </summary>
/// <param name="logs">Reads only lines that match.</param>
public sealed class LogSearch(MergedLogs logs)
{
    /// <summary>So many of the newest are remembered.</summary>
    public const int Most = 50_000;

    private const int Page = 2_000;

    private readonly Lock _gate = new();
    private readonly List<LinePlace> _newestFirst = [];
    private readonly List<LinePlace> _later = [];

    /// <summary>More was found or looked at, or it is over; on any thread.</summary>
    public event Action? Progressed;

    public bool IsComplete { get; private set; }

    /// <summary>Whether there are more than are remembered.</summary>
    public bool IsCapped { get; private set; }

    /// <summary>Bytes that were looked at.</summary>
    public long Looked { get; private set; }

    public int Count
    {
        get
        {
            lock (_gate) return _newestFirst.Count + _later.Count;
        }
    }

    /// <summary>Looks through all that is there now.</summary>
    /// <exception cref="ArgumentException">The regular expression takes too long.</exception>
    /// <exception cref="IOException">A log cannot be read.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var from = logs.Sources.Select(_ => long.MaxValue).ToArray();
        while (!IsComplete)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var request = new MergedRequest(from, IsBackwards: true, Page) { MostBytes = 8_000_000 };
            var page = await Task.Run(() => logs.Read(request), cancellationToken);
            lock (_gate)
            {
                // Once older ones have been forgotten, these would not join on.
                if (!IsCapped) _newestFirst.AddRange(page.Lines.Reverse().Select(line => line.Place));
                IsCapped |= Count >= Most;
                IsComplete = page.IsOver || IsCapped;
                Looked += page.Looked;
            }
            from = page.Next;
            Progressed?.Invoke();
        }
    }

    /// <summary>Looks no further: something went wrong.</summary>
    public void Abandon()
    {
        IsComplete = true;
        Progressed?.Invoke();
    }

    /// <summary>Adds matches that came since; the oldest give way to them.</summary>
    public void Add(IEnumerable<LinePlace> places)
    {
        lock (_gate)
        {
            foreach (var place in places)
            {
                if (Count == 0 || place.CompareTo(At(Count - 1)) > 0) _later.Add(place);
            }
            if (Count > Most) Forget(Count - Most);
        }
    }

    /// <summary>The newest match before a place (of all, without one); null when none is known.</summary>
    public LinePlace? Before(LinePlace? place)
    {
        lock (_gate) return Known((place is { } known ? FirstFrom(known) : Count) - 1);
    }

    /// <summary>The oldest match after a place; the oldest of all without one.</summary>
    public LinePlace? After(LinePlace? place)
    {
        lock (_gate)
        {
            var index = place is { } known ? FirstFrom(known) : 0;
            if (place is { } self && index < Count && At(index).CompareTo(self) == 0) index++;
            return Known(index);
        }
    }

    /// <summary>Which of the matches it is, from the oldest that is known by now on; null when it is none.</summary>
    public int? IndexOf(LinePlace place)
    {
        lock (_gate)
        {
            var index = FirstFrom(place);
            return index < Count && At(index).CompareTo(place) == 0 ? index : null;
        }
    }

    private void Forget(int count)
    {
        IsCapped = true;
        var older = Math.Min(count, _newestFirst.Count);
        _newestFirst.RemoveRange(_newestFirst.Count - older, older);
        _later.RemoveRange(0, count - older);
    }

    private LinePlace? Known(int index) => index >= 0 && index < Count ? At(index) : null;

    private LinePlace At(int index) => index < _newestFirst.Count ? _newestFirst[^(index + 1)] : _later[index - _newestFirst.Count];

    private int FirstFrom(LinePlace place)
    {
        var (low, high) = (0, Count);
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            if (At(middle).CompareTo(place) < 0) low = middle + 1;
            else high = middle;
        }
        return low;
    }
}
