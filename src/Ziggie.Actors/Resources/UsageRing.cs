namespace Ziggie.Actors.Resources;

/// <summary>
/// The last samples of everything that is measured. All are taken at the same times, so those are kept once, and a value takes eight
/// bytes. Not safe for several threads.
/// </summary>
internal sealed class UsageRing(int capacity)
{
    private readonly long[] _times = new long[capacity];
    private readonly Dictionary<string, Series> _series = new(StringComparer.Ordinal);
    private long _added;

    /// <summary>Of the oldest sample, in ticks of UTC; the greatest number when there is none.</summary>
    public long Oldest => _added == 0 ? long.MaxValue : _times[_added <= capacity ? 0 : _added % capacity];

    public IEnumerable<string> Names => _series.Keys;

    /// <param name="time">In ticks of UTC.</param>
    /// <param name="values">What was measured; everything else was not there.</param>
    public void Add(long time, IEnumerable<(string Name, double? Cpu, long Memory)> values)
    {
        var place = (int)(_added % capacity);
        _times[place] = time;
        foreach (var series in _series.Values) series.Cells[place] = Cell.Absent;
        foreach (var (name, cpu, memory) in values)
        {
            if (!_series.TryGetValue(name, out var series)) _series[name] = series = new Series(capacity);
            series.Cells[place] = Cell.Of(cpu, memory);
            series.Last = _added;
        }
        _added++;
        foreach (var (name, series) in _series)
        {
            if (_added - series.Last > capacity) _series.Remove(name);
        }
    }

    /// <summary>The samples of one from a time on, the oldest first.</summary>
    public IEnumerable<(long Time, double? Cpu, long Memory)> Read(string name, long since, long before = long.MaxValue)
    {
        if (!_series.TryGetValue(name, out var series)) yield break;
        for (var number = Math.Max(0, _added - capacity); number < _added; number++)
        {
            var place = (int)(number % capacity);
            var cell = series.Cells[place];
            if (_times[place] >= since && _times[place] < before && !cell.IsAbsent) yield return (_times[place], cell.Cpu, cell.Memory);
        }
    }

    private sealed class Series
    {
        public Series(int capacity)
        {
            Cells = new Cell[capacity];
            Array.Fill(Cells, Cell.Absent);
        }

        public Cell[] Cells { get; }

        public long Last { get; set; }
    }

    private readonly struct Cell(float cpu, uint kilobytes)
    {
        public static readonly Cell Absent = new(float.NaN, uint.MaxValue);

        public bool IsAbsent => kilobytes == uint.MaxValue;

        public double? Cpu => float.IsNaN(cpu) ? null : Math.Round(cpu, 2);

        public long Memory => kilobytes * 1024L;

        public static Cell Of(double? cpu, long memory) =>
            new((float?)cpu ?? float.NaN, (uint)Math.Clamp(memory / 1024, 0, uint.MaxValue - 1));
    }
}
